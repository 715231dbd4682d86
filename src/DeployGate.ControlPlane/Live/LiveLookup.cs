using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.Live;

/// <summary>Carries out one wish: the questions it takes, and what their answers amount to.</summary>
internal sealed class LiveLookup(ArmReader reader, LiveOptions options, FoundFacts found)
{
    internal async Task Ask(WantedFact wanted, CancellationToken limit)
    {
        if (LookupAddress.Of(wanted, options, out var reason) is not { } address)
        {
            found.Unreadable(wanted, reason);
        }
        else if (wanted.IsList)
        {
            await AskList(wanted, address, limit).ConfigureAwait(false);
        }
        else if (wanted.Type == ArtifactTypes.MarketplaceVersion && wanted.Id.EndsWith("/latest", StringComparison.OrdinalIgnoreCase))
        {
            await AskNewest(wanted, address, limit).ConfigureAwait(false);
        }
        else
        {
            Note(wanted, await reader.Get(address, limit).ConfigureAwait(false), out var body);
            if (body is not null && string.Equals(wanted.Type, ArtifactTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase))
            {
                body = await WithInstanceView(wanted, body, limit).ConfigureAwait(false);
            }

            if (body is not null)
            {
                found.Add(body, IdOf(wanted, body), wanted.Type);
            }
        }
    }

    private async Task AskList(WantedFact wanted, LookupAddress address, CancellationToken limit)
    {
        switch (await reader.List(address, limit).ConfigureAwait(false))
        {
            case ArmAnswer.Shown shown:
                found.Listed(wanted.Id);
                foreach (var item in shown.Bodies.Where(item => item.GetText("id") is not null))
                {
                    found.Add(item, ResourceReader.Normalize(item.GetText("id")!), wanted.Type);
                }

                break;
            case ArmAnswer.Failed failed:
                found.Unreadable(wanted, failed.Reason);
                break;
            default:
                // What is not there has no children; its own lookup says that it is not there.
                found.Listed(wanted.Id);
                break;
        }
    }

    // The list of versions is an array without an envelope of pages, and names only.
    private async Task AskNewest(WantedFact wanted, LookupAddress address, CancellationToken limit)
    {
        var answer = await reader.GetArray(address.NewestOf(), limit).ConfigureAwait(false);
        if (answer is ArmAnswer.Shown { Bodies: [var newest, ..] } && newest.GetText("name") is { } version)
        {
            var exact = wanted with { Id = wanted.Id[..(wanted.Id.LastIndexOf('/') + 1)] + version };
            await Ask(exact, limit).ConfigureAwait(false);
            return;
        }

        Note(wanted, answer is ArmAnswer.Shown ? new ArmAnswer.Absent() : answer, out _);
    }

    private async Task<ObjectValue?> WithInstanceView(WantedFact wanted, ObjectValue machine, CancellationToken limit)
    {
        if (InstanceView.MarkOf(machine).Mark != AzureMark.Unknown)
        {
            return machine;
        }

        var answer = await reader.Get(LookupAddress.InstanceViewOf(wanted.Id), limit).ConfigureAwait(false);
        if (answer is ArmAnswer.Shown { Bodies: [var view] } && machine.Get("properties") is ObjectValue properties)
        {
            var whole = Replace(properties, "instanceView", view);
            return Replace(machine, "properties", whole);
        }

        if (answer is ArmAnswer.Failed failed)
        {
            found.Unreadable(wanted, failed.Reason);
        }

        return machine;
    }

    private void Note(WantedFact wanted, ArmAnswer answer, out ObjectValue? body)
    {
        body = null;
        switch (answer)
        {
            case ArmAnswer.Shown { Bodies: [var shown, ..] } when shown.Get("properties") is ObjectValue:
                body = shown;
                break;
            case ArmAnswer.Shown:
                found.Unreadable(wanted, "Azure's answer is not a resource: it has no 'properties'");
                break;
            case ArmAnswer.Failed failed:
                found.Unreadable(wanted, failed.Reason);
                break;
            default:
                found.Absent(wanted.Id);
                break;
        }
    }

    // Azure's own spelling where it is the same id; images of other tenants' galleries go by the id that templates use.
    private static string IdOf(WantedFact wanted, ObjectValue body)
    {
        var own = ResourceReader.Normalize(body.GetText("id") ?? wanted.Id);
        var isRegional = wanted.Type == ArtifactTypes.MarketplaceVersion && own.EndsWith(wanted.Id, StringComparison.OrdinalIgnoreCase);
        return isRegional || string.Equals(own, wanted.Id, StringComparison.OrdinalIgnoreCase) ? own : wanted.Id;
    }

    private static ObjectValue Replace(ObjectValue map, string name, Value value) =>
        ObjectValue.From([.. map.Members.Where(member => !string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)), new Member(name, value)]);
}
