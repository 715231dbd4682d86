using System.Collections.Frozen;
using DeployGate.Core.Images;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>What the words mean that name images, disks and machines: names, ids, addresses, short names of the Marketplace.</summary>
internal static class ImageWords
{
    // Each publisher with the short names that the tool knows for its images.
    private static readonly string[] s_publishers =
    [
        "Canonical ubuntults ubuntu2204 ubuntu2404 ubuntu2404pro",
        "Debian debian debian11 debian12",
        "OpenLogic centos centos85gen2",
        "RedHat rhel rhelraw8lvmgen2 rhelraw9lvmgen2",
        "SUSE sles opensuse-leap opensuseleap154gen2 susesles15sp5 susesles15sp3",
        "CoreOS coreos",
        "kinvolk flatcar flatcarlinuxfreegen2",
        "MicrosoftWindowsServer win2025datacenter win2022datacenter win2022azureeditioncore win2022azureedition win2019datacenter win2016datacenter win2012r2datacenter win2012datacenter win2008r2sp1",
        "MicrosoftWindowsDesktop win10 win11",
    ];

    private static readonly FrozenDictionary<string, string> s_short = s_publishers
        .Select(row => row.Split(' '))
        .SelectMany(words => words.Skip(1).Select(name => (Name: name, Publisher: words[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Publisher, StringComparer.OrdinalIgnoreCase);

    /// <summary>The <c>imageReference</c> that a word stands for, and the image's id where it is one.</summary>
    internal static (Value? Reference, Value? Id) Reference(PathState path, CommandScope scope, Value? word)
    {
        switch (word)
        {
            case null:
                return (null, null);
            case UnknownValue:
                return (Bodies.IdObject(word), word);
        }

        if (CommandScope.IsId(word))
        {
            return (Bodies.IdObject(word), word);
        }

        if (Values.Split(word, ':') is { Length: 4 } urn)
        {
            return (Bodies.Map(("publisher", urn[0]), ("offer", urn[1]), ("sku", urn[2]), ("version", urn[3])).At(word.Origin), null);
        }

        if (word is StringValue { Text: var name } && s_short.TryGetValue(name, out var publisher) && !path.World.Named([ArtifactTypes.ManagedImage], name).Any())
        {
            return (Bodies.Map(("publisher", new StringValue(publisher)), ("offer", word)).At(word.Origin), null);
        }

        var id = scope.IdOf(ArtifactTypes.ManagedImage, word);
        return (Bodies.IdObject(id), id);
    }

    /// <summary>What a managed image is made of: a machine first where a name fits several, as the tool tries it.</summary>
    internal static (Value Id, string Type) Source(PathState path, CommandScope scope, Value source, bool saysSystem)
    {
        if (CommandScope.IsAddress(source))
        {
            return (source, "");
        }

        if (CommandScope.IsId(source) || source is UnknownValue)
        {
            // Only a disk's system has to be said.
            var type = (source is UnknownValue ? null : ResourceIdPattern.From(source)?.Type) ?? (saysSystem ? ArtifactTypes.Disk : ArtifactTypes.VirtualMachine);
            return (source, TypeOf(type));
        }

        if (path.World.Find(scope.IdOf(ArtifactTypes.VirtualMachine, source), ArtifactTypes.VirtualMachine) is { } machine)
        {
            return (machine.Id.At(source.Origin), ArtifactTypes.VirtualMachine);
        }

        foreach (var type in (string[])[ArtifactTypes.Disk, ArtifactTypes.Snapshot])
        {
            if (path.World.Find(scope.IdOf(type, source), type) is { } known)
            {
                return (known.Id.At(source.Origin), type);
            }
        }

        var guess = saysSystem ? ArtifactTypes.Disk : ArtifactTypes.VirtualMachine;
        return (scope.IdOf(guess, source), guess);
    }

    /// <summary>The disk or snapshot of a name or id; a snapshot that the path knows is preferred to a disk that it does not.</summary>
    internal static Value DiskOrSnapshot(PathState path, CommandScope scope, Value word)
    {
        if (CommandScope.IsId(word) || CommandScope.IsAddress(word) || word is UnknownValue)
        {
            return word;
        }

        var disk = scope.IdOf(ArtifactTypes.Disk, word);
        var snapshot = scope.IdOf(ArtifactTypes.Snapshot, word);
        return path.World.Find(disk, ArtifactTypes.Disk) is null && path.World.Find(snapshot, ArtifactTypes.Snapshot) is not null ? snapshot : disk;
    }

    private static string TypeOf(string type) => type.ToLowerInvariant() switch
    {
        "microsoft.compute/virtualmachines" => ArtifactTypes.VirtualMachine,
        "microsoft.compute/snapshots" => ArtifactTypes.Snapshot,
        _ => ArtifactTypes.Disk,
    };
}
