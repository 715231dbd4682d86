using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Scripts;

/// <summary>What a script's reader did not understand: what it expected, and where in <see cref="ScriptText.Content"/>.</summary>
internal sealed record SyntaxProblem(string Message, TextSpan Span);
