using System.Collections.Immutable;

namespace DeployGate.Pipelines.Commands;

/// <summary>What a command is good for; the reader of its options turns it into effects.</summary>
internal enum CommandKind
{
    /// <summary>Changes nothing that is followed.</summary>
    Nothing,

    /// <summary>Gives what is known of a resource.</summary>
    Show,

    /// <summary>Gives the resources of a type.</summary>
    List,

    /// <summary>Starts a machine.</summary>
    Start,

    /// <summary>Restarts a machine.</summary>
    Restart,

    /// <summary>Reimages a machine.</summary>
    Reimage,

    /// <summary>Stops a machine.</summary>
    Stop,

    /// <summary>Deallocates a machine.</summary>
    Deallocate,

    /// <summary>Sets the mark.</summary>
    Mark,

    /// <summary>Set-AzVM: the mark, or a new deployment of the machine.</summary>
    SetMachine,

    /// <summary>Deletes a resource of the row's type.</summary>
    Delete,

    /// <summary>Deletes a resource group.</summary>
    DeleteGroup,

    /// <summary>Creates a machine.</summary>
    CreateMachine,

    /// <summary>Creates or changes a scale set.</summary>
    ScaleSet,

    /// <summary>Changes a scale set by property paths.</summary>
    UpdateScaleSet,

    /// <summary>Captures a machine to VHDs.</summary>
    CaptureVhd,

    /// <summary>Creates a managed image.</summary>
    Image,

    /// <summary>Copies a managed image to another place.</summary>
    CopyImage,

    /// <summary>Creates a definition.</summary>
    Definition,

    /// <summary>Creates a version.</summary>
    Version,

    /// <summary>Creates a disk.</summary>
    Disk,

    /// <summary>Creates a snapshot.</summary>
    Snapshot,

    /// <summary>Makes a VHD of a local file, or of another VHD.</summary>
    Blob,

    /// <summary>Gives the address of a VHD.</summary>
    BlobAddress,

    /// <summary>Runs a command in a machine.</summary>
    RunCommand,

    /// <summary>Puts an extension on a machine.</summary>
    Extension,

    /// <summary>Calls Azure's interface by an address.</summary>
    Rest,

    /// <summary>Calls an action of a resource.</summary>
    ResourceAction,

    /// <summary>Deploys a template.</summary>
    Deploy,

    /// <summary>Previews or validates a template.</summary>
    DryRun,

    /// <summary>Compiles Bicep.</summary>
    BicepBuild,

    /// <summary>Sets the subscription.</summary>
    Account,

    /// <summary>Sets defaults.</summary>
    Configure,

    /// <summary>Declares a build of Azure Image Builder.</summary>
    ImageTemplate,

    /// <summary>Runs a build of Azure Image Builder.</summary>
    BuildImage,

    /// <summary>Makes or changes an object that no command has sent to Azure yet.</summary>
    Config,

    /// <summary>Waits for a machine's state.</summary>
    Wait,
}

/// <summary>An option or parameter of a command.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Aliases">Other long names.</param>
/// <param name="Short">Its letter, or null.</param>
/// <param name="IsSwitch">True when no value follows.</param>
/// <param name="IsList">True when all words up to the next option are its values.</param>
/// <param name="Position">Where it stands without a name; null for nowhere.</param>
/// <param name="TakesObject">True when it takes the object that comes down a pipe.</param>
/// <param name="Default">Its value when it is not written.</param>
internal sealed record OptionDescription(
    string Name, ImmutableArray<string> Aliases, char? Short, bool IsSwitch, bool IsList, int? Position, bool TakesObject, string? Default)
{
    internal bool IsNamed(ReadOnlySpan<char> name, StringComparison comparison) => name.Equals(Name, comparison) || IsAliased(name, comparison);

    internal bool IsAliased(ReadOnlySpan<char> name, StringComparison comparison)
    {
        foreach (var alias in Aliases)
        {
            if (name.Equals(alias, comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a cut name begins the name or an alias.</summary>
    internal bool Begins(ReadOnlySpan<char> cut, StringComparison comparison)
    {
        foreach (var alias in Aliases)
        {
            if (alias.AsSpan().StartsWith(cut, comparison))
            {
                return true;
            }
        }

        return Name.AsSpan().StartsWith(cut, comparison);
    }

    /// <summary>Reads <c>name/alias/x?*@0^=default</c>: <c>x</c> a letter, <c>?</c> switch, <c>*</c> list, <c>@</c> position, <c>^</c> from the pipe.</summary>
    internal static OptionDescription Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (head, value) = equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
        var end = head.IndexOfAny(['?', '*', '@', '^']);
        var (names, marks) = end < 0 ? (head, "") : (head[..end], head[end..]);
        var words = names.Split('/');
        var at = marks.IndexOf('@', StringComparison.Ordinal);
        return new OptionDescription(
            words[0],
            [.. words.Skip(1).Where(word => word.Length > 1)],
            words.Skip(1).FirstOrDefault(word => word.Length == 1)?[0],
            marks.Contains('?', StringComparison.Ordinal),
            marks.Contains('*', StringComparison.Ordinal),
            at < 0 ? null : marks[at + 1] - '0',
            marks.Contains('^', StringComparison.Ordinal),
            value);
    }
}

/// <summary>A command, what it is good for, the resource type it is about, and its options.</summary>
internal sealed record CommandDescription(string Name, CommandKind Kind, string Type, ImmutableArray<OptionDescription> Options)
{
    /// <summary>The option of a name, an alias, or the only one that a cut name begins; null for none or several.</summary>
    internal OptionDescription? Find(ReadOnlySpan<char> name, StringComparison comparison)
    {
        OptionDescription? cut = null;
        var cuts = 0;
        foreach (var option in Options)
        {
            if (option.IsNamed(name, comparison))
            {
                return option;
            }

            (cut, cuts) = option.Begins(name, comparison) ? (option, cuts + 1) : (cut, cuts);
        }

        return cuts == 1 && name.Length > 0 ? cut : null;
    }

    /// <summary>The first option of a name; null for none.</summary>
    internal OptionDescription? Named(string name)
    {
        foreach (var option in Options)
        {
            if (option.Name == name)
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>The first option with an alias; null for none.</summary>
    internal OptionDescription? Aliased(ReadOnlySpan<char> alias)
    {
        foreach (var option in Options)
        {
            if (option.IsAliased(alias, StringComparison.Ordinal))
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>The first option with a letter; null for none.</summary>
    internal OptionDescription? Lettered(char letter)
    {
        foreach (var option in Options)
        {
            if (option.Short == letter)
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>Reads a row: <c>name, name | kind | type | options</c>; names in braces stand for a group of options.</summary>
    internal static IEnumerable<CommandDescription> Parse(string row, IReadOnlyDictionary<string, string> groups)
    {
        var parts = row.Split('|', StringSplitOptions.TrimEntries);
        var options = parts.Length < 4 ? "" : parts[3];
        foreach (var (name, text) in groups)
        {
            options = options.Replace($"{{{name}}}", text, StringComparison.Ordinal);
        }

        ImmutableArray<OptionDescription> parsed = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(OptionDescription.Parse)];
        return parts[0].Split(',', StringSplitOptions.TrimEntries).Select(name => new CommandDescription(name, Enum.Parse<CommandKind>(parts[1]), parts.Length < 3 ? "" : TypeOf(parts[2]), parsed));
    }

    private static string TypeOf(string name) => name switch
    {
        "vm" => Core.Images.ArtifactTypes.VirtualMachine,
        "vmss" => Core.Images.ArtifactTypes.ScaleSet,
        "image" => Core.Images.ArtifactTypes.ManagedImage,
        "gallery" => "Microsoft.Compute/galleries",
        "definition" => Core.Images.ArtifactTypes.Definition,
        "version" => Core.Images.ArtifactTypes.Version,
        "disk" => Core.Images.ArtifactTypes.Disk,
        "snapshot" => Core.Images.ArtifactTypes.Snapshot,
        "builder" => Interpreter.ImageBuilder.Type,
        _ => name,
    };
}
