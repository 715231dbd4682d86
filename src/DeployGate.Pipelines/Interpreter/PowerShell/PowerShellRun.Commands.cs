using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

internal sealed partial class PowerShellRun
{
    /// <summary>What comes out of a pipeline; null for nothing.</summary>
    private Value? Pipeline(PowerShellStatement.Pipeline pipeline)
    {
        Value? current = null;
        foreach (var element in pipeline.Elements)
        {
            if (_path.IsEnded)
            {
                return null;
            }

            if (element is PipelineElement.Value value)
            {
                current = Redirected(Evaluate(value.Expression), value.Redirections);
            }
            else if (element is PipelineElement.Command command)
            {
                (var before, _path.IsSwallowed) = (_path.IsSwallowed, _path.IsSwallowed || pipeline.IsBackground);
                current = Redirected(Command(command, current), command.Redirections);
                _path.IsSwallowed = before;
            }
        }

        return current;
    }

    private Value? Redirected(Value? value, ImmutableArray<PowerShellRedirection> redirections)
    {
        foreach (var redirection in redirections.Where(one => one.Target is not null && one.Stream is null or "1" or "*"))
        {
            if (value is not null && redirection.Target is { } target)
            {
                StepOutputs.TryWrite(_path, Values.Pattern(Evaluate(target)) ?? "", value);
            }

            value = null;
        }

        return value;
    }

    private Value? Command(PipelineElement.Command command, Value? piped)
    {
        var place = PlaceOf(command.Span);
        var named = Evaluate(command.Name);
        if (command.Name is PowerShellExpression.ScriptBlock block)
        {
            return Capture(() => Returning(() => Body(block.Body)));
        }

        // What stands before a program's folder does not matter.
        var pattern = Values.Pattern(named) ?? "";
        if (named is PartialString && GuestCommands.BaseName(pattern) == "sysprep")
        {
            return Program("sysprep.exe", command, piped, place);
        }

        if (named is not StringValue { Text: var name } || name.Length == 0)
        {
            _azure.Record.Remark(place, "the command's own name is computed", RemarkCodes.DynamicCommand);
            Unreads.Touch(_azure, _path, Words(command), place, "a command whose name is computed");
            return null;
        }

        if (_functions.TryGetValue(name, out var function))
        {
            return Call(function, Arguments(command), place);
        }

        if (GuestCommands.BaseName(name) is "az" or "az.cmd")
        {
            return AzCommands.Run(_azure, _path, [.. Words(command)], place, isAsked: true);
        }

        if (GuestCommands.BaseName(name) is "ssh")
        {
            RemoteScripts.Ssh(_azure, _path, [Values.Text(name, place), .. Words(command)], piped, place);
            return null;
        }

        if (CmdletTable.Find(name) is { } cmdlet)
        {
            return Cmdlet(cmdlet, command, piped, place);
        }

        return Other(name, command, piped, place);
    }

    private Value? Cmdlet(CommandDescription cmdlet, PipelineElement.Command command, Value? piped, Place place)
    {
        // Several objects come down a pipe one by one.
        if (piped is ArrayValue { Rest: null } list)
        {
            Value? last = null;
            foreach (var item in list.Items)
            {
                last = Cmdlet(cmdlet, command, item, place);
            }

            return last;
        }

        var bound = CmdletBinder.Bind(cmdlet, Arguments(command), piped, place);
        var ignores = bound["ErrorAction"] is StringValue { Text: var action } && (action.StartsWith("Silent", StringComparison.OrdinalIgnoreCase) || action.Equals("Continue", StringComparison.OrdinalIgnoreCase) || action.Equals("Ignore", StringComparison.OrdinalIgnoreCase));
        (var before, _path.IsSwallowed) = (_path.IsSwallowed, _path.IsSwallowed || ignores);
        var result = new CmdletEffects(_azure, _path, bound).Run();
        _path.IsSwallowed = before;
        return result;
    }

    private List<CmdletArgument> Arguments(PipelineElement.Command command)
    {
        List<CmdletArgument> arguments = [];
        foreach (var element in command.Elements)
        {
            var place = PlaceOf(element.Span);
            switch (element)
            {
                case CommandElement.Parameter parameter:
                    arguments.Add(new CmdletArgument(parameter.Name, parameter.Value is null ? null : Evaluate(parameter.Value), place));
                    break;
                case CommandElement.Argument { Value: PowerShellExpression.Variable { IsSplat: true } splat }:
                    Splat(splat, arguments, place);
                    break;
                case CommandElement.Argument argument:
                    arguments.Add(new CmdletArgument(null, Evaluate(argument.Value), place));
                    break;
            }
        }

        return arguments;
    }

    private void Splat(PowerShellExpression.Variable splat, List<CmdletArgument> arguments, Place place)
    {
        var value = Variable(splat);
        if (Heap.Read(_path, value) is { } map)
        {
            arguments.AddRange(map.Members.Select(member => new CmdletArgument(member.Name, member.Value, member.Value.Origin?.Place ?? place)));
        }
        else if (value is ArrayValue list)
        {
            arguments.AddRange(list.Items.Select(item => new CmdletArgument(null, item, place)));
        }
    }

    /// <summary>The words that a program sees.</summary>
    private IEnumerable<Value> Words(PipelineElement.Command command)
    {
        foreach (var element in command.Elements)
        {
            switch (element)
            {
                case CommandElement.Parameter parameter:
                    yield return Values.Text("-" + parameter.Name + (parameter.Value is null ? "" : ":"), PlaceOf(parameter.Span));
                    if (parameter.Value is { } value)
                    {
                        yield return Evaluate(value);
                    }

                    break;
                case CommandElement.Argument argument:
                    var given = Evaluate(argument.Value);
                    foreach (var item in given is ArrayValue { Rest: null } list ? list.Items : [given])
                    {
                        yield return item;
                    }

                    break;
                case CommandElement.Verbatim verbatim:
                    foreach (var word in verbatim.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    {
                        yield return Values.Text(word.Trim('"'), PlaceOf(verbatim.Span));
                    }

                    break;
            }
        }
    }

    private Value? Call(PowerShellFunction function, List<CmdletArgument> arguments, Place place)
    {
        if (_azure.Record.CallDepth >= MostCalls)
        {
            _azure.Record.Remark(place, $"functions are followed {MostCalls} deep", RemarkCodes.Limit);
            Unreads.Touch(_azure, _path, arguments.Select(argument => argument.Value).OfType<Value>(), place, "a function that is called too deep");
            return null;
        }

        _azure.Record.CallDepth++;
        var variables = _path.Variables;
        var run = ReferenceEquals(function.Script, _script) ? this : new PowerShellRun(_azure, _path, function.Script, _functions, this);
        var outside = (run._returns, run._throws);
        (run._returns, run._throws, run._path) = (new EarlyExits(keepsFailures: true), new EarlyExits(keepsFailures: true), _path);
        var result = run.Capture(() =>
        {
            run.Parameters(function.Body.Parameters, arguments);
            run.Body(function.Body);
            run._returns.Rejoin(_path, null);
        });
        var thrown = run._throws;
        (run._returns, run._throws) = outside;

        // What a function sets is its own, but for what leaves the script.
        bool IsOwn(string name) => !name.StartsWith('\0') && !name.StartsWith("env:", StringComparison.OrdinalIgnoreCase);
        Restore(_path, variables, IsOwn);
        thrown.LeaveAlso(_throws, path => Restore(path, variables, IsOwn));
        _azure.Record.CallDepth--;
        return result;
    }

    private static void Restore(PathState path, ForkMap<Value> variables, Func<string, bool> isOwn)
    {
        foreach (var (name, _) in path.Variables.Items.Where(pair => isOwn(pair.Key) && !ReferenceEquals(variables[pair.Key], pair.Value)).ToList())
        {
            path.Variables = variables[name] is { } before ? path.Variables.Set(name, before) : path.Variables.Remove(name);
        }
    }

    /// <summary>Binds declared parameters: by name, then in their order, then to their defaults; others are not known.</summary>
    private void Parameters(ImmutableArray<PowerShellParameter> parameters, List<CmdletArgument>? arguments)
    {
        Dictionary<string, Value> named = new(StringComparer.OrdinalIgnoreCase);
        Queue<Value> free = new();
        for (var i = 0; i < arguments?.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Name is null)
            {
                free.Enqueue(argument.Value!);
                continue;
            }

            var parameter = parameters.FirstOrDefault(one => one.Name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase)) ?? parameters.FirstOrDefault(one => one.Name.StartsWith(argument.Name, StringComparison.OrdinalIgnoreCase));
            var isSwitch = parameter?.TypeName?.Contains("switch", StringComparison.OrdinalIgnoreCase) == true;
            var takes = argument.Value is null && !isSwitch && i + 1 < arguments.Count && arguments[i + 1].Name is null;
            named[parameter?.Name ?? argument.Name] = argument.Value ?? (takes ? arguments[++i].Value! : new BoolValue(true));
        }

        foreach (var parameter in parameters)
        {
            var value = named.TryGetValue(parameter.Name, out var given) ? given
                : free.Count > 0 ? free.Dequeue()
                : parameter.Default is { } text ? Evaluate(text)
                : arguments is not null ? NullValue.Instance
                : Values.Unknown("$" + parameter.Name, $"the parameter '{parameter.Name}' of the script is not given", UnknownReason.ExternalInput);
            Set(parameter.Name, value);
        }
    }

    private Value? File(string name, PipelineElement.Command command, Place place)
    {
        var source = _azure.Read(_path, Values.Text(name.Replace("$PSScriptRoot", ".", StringComparison.Ordinal)));
        if (source?.File is not { } file || _azure.Record.CallDepth >= MostCalls)
        {
            _azure.Record.Remark(place, $"the script '{name}' is not read", source is null ? RemarkCodes.MissingFile : RemarkCodes.Limit);
            Unreads.Touch(_azure, _path, Words(command), place, $"'{name}'");
            return null;
        }

        _azure.Record.CallDepth++;
        var variables = _path.Variables;
        var isDot = command.Invocation == InvocationKind.Dot;
        bool IsOwn(string key) => !isDot && !key.StartsWith('\0');
        EarlyExits throws = null!;
        var result = Capture(() =>
        {
            var run = Follow(_azure, _path, ScriptText.Of(file), [.. Words(command)], isDot ? _functions : []);

            // What it exits with is a status here: its caller goes on.
            run._exits.TryGoOn(_path);
            throws = run._throws;
        });
        Restore(_path, variables, IsOwn);
        throws.LeaveAlso(_throws, path => Restore(path, variables, IsOwn));
        _azure.Record.CallDepth--;
        return result is NullValue ? null : result;
    }
}
