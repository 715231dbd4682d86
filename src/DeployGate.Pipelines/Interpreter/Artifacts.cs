using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Files that are no files of the repository and come from one: what <c>bicep build</c> writes, copies in other folders of the
/// machine, and artifacts that one job publishes and another downloads.
/// </summary>
internal sealed class Artifacts
{
    // Null for a name under which different things were published: which of them a job gets is not known.
    private readonly Dictionary<string, ImmutableArray<Entry>?> _published = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes that a file was made of a source in the repository.</summary>
    internal static void Build(PathState path, string file, Value source) => path.Variables = path.Variables.Set(Hidden.Built(file), source);

    /// <summary>The source that a file was built of; null for any other file.</summary>
    internal static Value? SourceOf(PathState path, Value file) => AzureContext.KeyOf(path, file) is { } key ? path.Variables[Hidden.Built(key)] : null;

    /// <summary>Notes that one folder holds what another one does.</summary>
    internal static void Copy(PathState path, Value from, Value to)
    {
        if (AzureContext.KeyOf(path, from) is { } source && AzureContext.KeyOf(path, to) is { } target)
        {
            Place(path, target, Below(path, source));
        }
    }

    /// <summary>Publishes a file or folder under a name.</summary>
    internal void Publish(PathState path, Value name, Value target)
    {
        if (name is StringValue { Text: { Length: > 0 } known } && AzureContext.KeyOf(path, target) is { } key)
        {
            var entries = Below(path, key);
            _published[known] = _published.TryGetValue(known, out var before) && (before is null || !before.Value.SequenceEqual(entries)) ? null : entries;
        }
    }

    /// <summary>Puts an artifact into a folder; every artifact, each in a folder of its name, when no name is given.</summary>
    internal void Download(PathState path, Value? name, Value folder)
    {
        if (AzureContext.KeyOf(path, folder) is not { } key)
        {
            return;
        }

        foreach (var (artifact, entries) in _published)
        {
            if (entries is not null && (name is null or StringValue { Text: "" } || (name is StringValue wanted && wanted.Text.Equals(artifact, StringComparison.OrdinalIgnoreCase))))
            {
                Place(path, name is StringValue { Text.Length: > 0 } ? key : Join(key, artifact), entries.Value);
            }
        }
    }

    /// <summary>Where a path leads that lies in a copy; null when it lies in none.</summary>
    internal static string? Follow(PathState path, string key)
    {
        var (best, target) = ("", (string?)null);
        foreach (var (name, value) in path.Variables.Items)
        {
            if (Hidden.CopyName(name) is { } copy && copy.Length > best.Length && Relative(copy, key) is { } rest && value is StringValue source)
            {
                (best, target) = (copy, Join(source.Text, rest));
            }
        }

        return target;
    }

    private static void Place(PathState path, string folder, ImmutableArray<Entry> entries)
    {
        foreach (var entry in entries)
        {
            var to = Join(folder, entry.Relative);
            if (entry.IsBuilt)
            {
                path.Variables = path.Variables.Set(Hidden.Built(to), entry.Source);
            }
            else if (to.Length > 0)
            {
                // What lies in the checkout's own root stays the repository's.
                path.Variables = path.Variables.Set(Hidden.Copy(to), entry.Source);
            }
        }
    }

    private static ImmutableArray<Entry> Below(PathState path, string key)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>();
        var source = Follow(path, key) ?? (key.StartsWith('/') ? null : key);
        if (source is not null)
        {
            // A file that is published by itself keeps its name; a folder's content has none.
            entries.Add(new Entry("", new StringValue(source), false));
            entries.Add(new Entry(source[(source.LastIndexOf('/') + 1)..], new StringValue(source), false));
        }

        foreach (var (name, value) in path.Variables.Items)
        {
            if (Hidden.BuiltName(name) is { } built && Relative(key, built) is { } rest)
            {
                entries.Add(new Entry(rest.Length == 0 ? built[(built.LastIndexOf('/') + 1)..] : rest, value, true));
            }
            else if (Hidden.CopyName(name) is { } copy && Relative(key, copy) is { Length: > 0 } below)
            {
                entries.Add(new Entry(below, value, false));
            }
        }

        return [.. entries.OrderBy(entry => entry.Relative, StringComparer.Ordinal)];
    }

    // The rest of a path below a folder; empty for the folder itself, null for a path elsewhere.
    private static string? Relative(string folder, string path) =>
        folder.Length == 0 ? path.StartsWith('/') ? null : path
        : path == folder ? ""
        : path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..] : null;

    private static string Join(string folder, string rest) => folder.Length == 0 ? rest : rest.Length == 0 ? folder : $"{folder}/{rest}";

    private sealed record Entry(string Relative, Value Source, bool IsBuilt);
}
