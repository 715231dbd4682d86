using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Cli.Policies;

/// <summary>Reads the decision matrix, <c>policies/os-state.yml</c>. It is embedded: a fault in it is a defect of the tool.</summary>
internal static class DecisionTableReader
{
    // The words of each column, in the order of the values they stand for.
    private static readonly string[] s_stages = ["upload", "capture", "deploy", "attach"];
    private static readonly string[] s_targets = ["other", "managed-image", "generalized-only"];
    private static readonly string[] s_sources = ["machine", "image"];
    private static readonly string[] s_declared = ["Generalized", "Specialized", "Unknown"];
    private static readonly string[] s_marks = ["Unknown", "Generalized", "Specialized", "Unmarked"];
    private static readonly string[] s_guests = ["Unseen", "Generalized", "Specialized", "Undeployable", "Unclear"];
    private static readonly string[] s_verdicts = ["allow", "block", "warn", "undecided"];
    private static readonly string[] s_outcomes =
        ["none", "provisioning-timeout", "provisioning-failure", "deployment-rejected", "start-not-allowed", "boot-failure", "silent-defect"];

    private static readonly Lazy<DecisionTable> s_embedded = new(ReadEmbedded);

    /// <summary>The matrix that the tool decides by; read once, however many runs a process makes (proving a fix, the cases of a policy).</summary>
    internal static DecisionTable Embedded => s_embedded.Value;

    private static DecisionTable ReadEmbedded()
    {
        using var stream = typeof(DecisionTableReader).Assembly.GetManifestResourceStream("os-state.yml")!;
        using var reader = new StreamReader(stream);
        var (table, faults) = Read(reader);
        return table ?? throw new InvalidOperationException("os-state.yml: " + string.Join("; ", faults.Take(5)));
    }

    internal static (DecisionTable? Table, ImmutableArray<string> Faults) Read(TextReader text)
    {
        var rows = ImmutableArray.CreateBuilder<DecisionRow>();
        var document = YamlNode.Read(text);
        foreach (var row in document.Get("rows")?.Items ?? [])
        {
            rows.Add(ReadRow(row, document.Get("texts")));
        }

        return DecisionTable.Create(rows.ToImmutable());
    }

    // Plain loops over numbers: this runs at every start, and generic queries would cost more than all the rest of it.
    private static DecisionRow ReadRow(YamlNode row, YamlNode? texts)
    {
        var keys = ImmutableArray.CreateBuilder<DecisionKey>();
        foreach (var stage in Column(row, "stage", s_stages))
        {
            foreach (var target in Column(row, "target", s_targets))
            {
                foreach (var source in Column(row, "source", s_sources))
                {
                    foreach (var declared in Column(row, "declared", s_declared))
                    {
                        AddKeys(keys, row, (Stage)stage, (UseTarget)target, (SourceKind)source, (DeclaredColumn)declared);
                    }
                }
            }
        }

        return new DecisionRow(
            row.Get("id")!.Text,
            keys.ToImmutable(),
            (Verdict)Word(row.Get("verdict")!.Text, s_verdicts),
            row.Get("rule")?.Text,
            (Outcome)Word(row.Get("outcome")?.Text ?? "none", s_outcomes),
            Text(row.Get("cause"), texts) ?? SystemText.Same(""),
            Text(row.Get("fix"), texts) ?? SystemText.Same(""),
            Text(row.Get("azure"), texts));
    }

    private static void AddKeys(ImmutableArray<DecisionKey>.Builder keys, YamlNode row, Stage stage, UseTarget target, SourceKind source, DeclaredColumn declared)
    {
        foreach (var mark in Column(row, "mark", s_marks))
        {
            foreach (var guest in Column(row, "guest", s_guests))
            {
                keys.Add(new DecisionKey(stage, target, source, declared, (AzureMark)mark, (GuestState)guest));
            }
        }
    }

    private static int[] Column(YamlNode row, string name, string[] words)
    {
        if (row.Get(name) is not { } node)
        {
            var all = new int[words.Length];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = i;
            }

            return all;
        }

        if (node.Items is not { } items)
        {
            return [Word(node.Text, words)];
        }

        var chosen = new int[items.Count];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = Word(items[i].Text, words);
        }

        return chosen;
    }

    private static int Word(string word, string[] words)
    {
        var index = Array.IndexOf(words, word);
        return index >= 0 ? index : throw new InvalidOperationException($"os-state.yml: '{word}' is none of {string.Join(", ", words)}");
    }

    // "$name" is one of the texts that several rows share.
    private static SystemText? Text(YamlNode? node, YamlNode? texts) => node switch
    {
        null => null,
        { IsMap: true } => new SystemText(node.Get("Windows")!.Text, node.Get("Linux")!.Text, node.Get("Unknown")!.Text),
        { Text: ['$', .. var name] } => Text(texts?.Get(name) ?? throw new InvalidOperationException($"os-state.yml: there is no text '{name}'"), null),
        _ => SystemText.Same(node.Text),
    };
}
