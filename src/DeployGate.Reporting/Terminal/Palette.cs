namespace DeployGate.Reporting.Terminal;

/// <summary>Every colour of the text report: ANSI SGR sequences, or nothing.</summary>
/// <seealso href="https://ecma-international.org/publications-and-standards/standards/ecma-48/"/>
internal sealed class Palette(bool isOn)
{
    internal string Error(string text) => Paint("1;31", text);

    internal string Warning(string text) => Paint("1;33", text);

    internal string Note(string text) => Paint("1;36", text);

    internal string Good(string text) => Paint("1;32", text);

    internal string Gutter(string text) => Paint("1;34", text);

    internal string Strong(string text) => Paint("1", text);

    private string Paint(string codes, string text) => isOn ? $"\u001b[{codes}m{text}\u001b[0m" : text;
}
