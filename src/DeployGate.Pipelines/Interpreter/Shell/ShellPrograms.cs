using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>Programs that scripts pass texts through, and all others, which may have done anything to what they are given.</summary>
internal sealed class ShellPrograms(AzureContext azure, PathState path)
{
    private static readonly string[] s_harmless =
    [
        "ls", "mkdir", "rm", "cp", "mv", "touch", "chmod", "chown", "date", "whoami", "hostname", "uname", "git", "df", "du", "ps", "kill", "find", "wc", "nc", "ping",
        "apt", "apt-get", "yum", "dnf", "pip", "pip3", "npm", "node", "dotnet", "go", "tar", "unzip", "zip", "gzip", "ssh-keygen", "ssh-keyscan", "ssh-add", "uuidgen", "openssl", "logger", "clear", "kubectl", "helm", "docker",
    ];

    internal void Run(string name, ImmutableArray<Value> words, Value? input, Place place, Action<Value> print)
    {
        var program = GuestCommands.BaseName(name);
        switch (program)
        {
            case "jq":
                print(Jq(words, input, place));
                break;
            case "cat":
                print(words.Length > 1 ? azure.Read(path, words[1])?.Text ?? Unknown(place, "file") : input ?? Unknown(place, "cat"));
                break;
            case "tee":
                print(input ?? Unknown(place, "tee"));
                Tee(words, input);
                break;
            case "tr" or "head" or "tail" or "sort" or "uniq" or "sed" or "awk" or "cut" or "grep" or "rev" or "base64" or "column" or "paste":
                print(Filter(program, words, input, place));
                break;
            case "basename" or "dirname" when words is [_, StringValue { Text: var file }, ..]:
                var slash = file.LastIndexOf('/');
                var part = program == "basename" ? file[(slash + 1)..] : slash < 0 ? "." : file[..slash];
                print(Values.Text(words is [_, _, StringValue { Text: var suffix }] && part.EndsWith(suffix, StringComparison.Ordinal) ? part[..^suffix.Length] : part));
                break;
            case "which" or "type" when words.Length > 1:
                print(words[^1]);
                break;
            case "azcopy" when words is [_, StringValue { Text: "copy" or "cp" }, var from, var to, ..]:
                path.World = path.World.Set(new ResourceState(to, "", Core.Images.ResourceIdPattern.From(to)) { Guest = Observations.GuestOf(path.World, from), ChangedHere = true });
                break;
            case "waagent" or "sysprep" or "at" or "batch":
                Local(words, input, place);
                break;
            case "packer" when words is [_, StringValue { Text: "build" }, ..]:
                Builds.Packer(azure, path, words, place);
                break;
            case "packer":
                break;
            case "bicep":
                BicepFiles.Run(path, words, place);
                break;
            case "make" or "terraform" or "tofu" or "ansible-playbook" or "python" or "python3" or "azd" or "pulumi":
                azure.Record.Remark(place, $"{program} is not read", RemarkCodes.UnsupportedTool);
                Unreads.Touch(azure, path, words.Skip(1), place, program);
                break;
            case "curl" or "wget":
                print(Unknown(place, program));
                break;
            default:
                print(Unknown(place, program));
                if (!s_harmless.Contains(program))
                {
                    Unreads.Touch(azure, path, words.Skip(1), place, $"'{program}'");
                }

                break;
        }
    }

    private static UnknownValue Unknown(Place place, string what) => Values.Unknown($"{what} ({place.Start.Line}:{place.Start.Column})", $"what '{what}' prints is known when it runs");

    private void Tee(ImmutableArray<Value> words, Value? input)
    {
        foreach (var file in words.Skip(1).Where(word => word is not StringValue { Text: ['-', ..] }))
        {
            if (input is not null && !StepOutputs.TryWrite(path, Values.Pattern(file) ?? "", input))
            {
                path.Variables = path.Variables.Set(Hidden.File(Values.Pattern(file) ?? ""), input);
            }
        }
    }

    private Value Jq(ImmutableArray<Value> words, Value? input, Place place)
    {
        var plain = words.Skip(1).Where(word => word is not StringValue { Text: ['-', ..] }).ToList();
        if (plain.FirstOrDefault() is not StringValue { Text: var filter } || words.Any(word => word is StringValue { Text: "--arg" or "--argjson" or "-n" or "--null-input" or "-s" or "--slurp" }))
        {
            return Unknown(place, "jq");
        }

        var read = plain.Count == 1 ? input : plain.Count == 2 ? azure.Read(path, plain[1])?.Text : null;
        var isRaw = words.OfType<StringValue>().Any(word => word.Text is "--raw-output" or "--join-output" || (word.Text is ['-', not '-', ..] && word.Text.AsSpan().ContainsAny('r', 'j')));
        if (read is StringValue { Text: var text } && KnownJson.Take(text, filter, isRaw, place) is { } known)
        {
            return known;
        }

        return read is null or StringValue or PartialString || !filter.StartsWith('.') || filter.AsSpan().ContainsAny("|?\"") ? Unknown(place, "jq") : JsonQuery.Take(read, filter.TrimStart('.'));
    }

    // An id stays the id it is when quotes and line ends are taken from it, or the first of its lines.
    private static Value Filter(string program, ImmutableArray<Value> words, Value? input, Place place)
    {
        if (input is null)
        {
            return Unknown(place, program);
        }

        var isPlain = input is not StringValue { Text: var text } || !text.Contains('\n', StringComparison.Ordinal);
        var deletes = program == "tr" && words is [_, StringValue { Text: "-d" }, StringValue { Text: "\"" or "\\n" or "\\r" or "'" or "\"\\n" or "\\r\\n" or "[:space:]" or "\n" }];
        if (deletes)
        {
            return input is StringValue known ? new StringValue(known.Text.Replace("\"", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)) { Origin = input.Origin } : input;
        }

        if (isPlain && program is "head" or "tail" or "sort" or "uniq")
        {
            return input;
        }

        if (program == "cut" && Field(words, input) is { } field)
        {
            return field;
        }

        return Unknown(place, program);
    }

    private static Value? Field(ImmutableArray<Value> words, Value input)
    {
        var flat = string.Concat(words.Skip(1).OfType<StringValue>().Select(word => word.Text));
        var d = flat.IndexOf("-d", StringComparison.Ordinal);
        var f = flat.IndexOf("-f", StringComparison.Ordinal);
        return d >= 0 && d + 2 < flat.Length && f >= 0 && int.TryParse(flat.AsSpan(f + 2).TrimEnd("-d" + flat[d + 2]), out var index) && Values.Split(input, flat[d + 2]) is { } parts && index > 0 && index <= parts.Length
            ? parts[index - 1]
            : null;
    }

    // The machine that runs the script prepares itself: it is the guest of whoever sent it there.
    private void Local(ImmutableArray<Value> words, Value? input, Place place)
    {
        var command = new GuestCommand([.. words.Select(word => Values.Pattern(word) ?? "{}")], Values.Pattern(input)?.StartsWith('y') == true, false, path.IsSwallowed);
        var isLater = words[0] is StringValue { Text: "at" or "batch" } && input is not null;
        var outcome = isLater ? GuestScripts.Read(input!, GuestLanguage.Shell, place).AtMost(Strength.Possible, "it runs later, and nothing waits for it") : GuestScripts.Fold([command], place);
        Builds.Here(azure, path, outcome, place);
    }
}
