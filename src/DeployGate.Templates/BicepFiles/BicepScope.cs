using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.BicepFiles;

/// <summary>What a name stands for in a Bicep file.</summary>
internal abstract record BicepSymbol
{
    private BicepSymbol()
    {
    }

    /// <summary>A parameter.</summary>
    internal sealed record Parameter : BicepSymbol;

    /// <summary>A variable of this file.</summary>
    internal sealed record Variable : BicepSymbol;

    /// <summary>A resource or module; <paramref name="IsLoop"/> when there are several.</summary>
    internal sealed record Resource(string Key, bool IsLoop) : BicepSymbol;

    /// <summary>A function of this file.</summary>
    internal sealed record Function(FunctionSlot Declaration) : BicepSymbol;

    /// <summary>A variable of another file.</summary>
    internal sealed record ImportedVariable(TemplateModel Model, string Name) : BicepSymbol;

    /// <summary>A function of another file.</summary>
    internal sealed record ImportedFunction(TemplateModel Model, FunctionSlot Declaration) : BicepSymbol;

    /// <summary>All exports of another file.</summary>
    internal sealed record ImportedFile(IReadOnlyDictionary<string, BicepSymbol> Exports) : BicepSymbol;

    /// <summary>Something that could not be imported, and why.</summary>
    internal sealed record Missing(UnknownValue Why) : BicepSymbol;
}

/// <summary>The names an expression can see: the file's, and those of the loops, lambdas and resources around it.</summary>
internal sealed record BicepScope(IReadOnlyDictionary<string, BicepSymbol> File, ImmutableHashSet<string> Locals, ImmutableDictionary<string, BicepSymbol> Nested)
{
    internal static BicepScope Of(IReadOnlyDictionary<string, BicepSymbol> file) =>
        new(file, [], ImmutableDictionary<string, BicepSymbol>.Empty);

    internal BicepScope With(IEnumerable<string> locals) => this with { Locals = Locals.Union(locals) };

    internal bool IsLocal(string name) => Locals.Contains(name);

    internal BicepSymbol? Find(string name) =>
        Nested.GetValueOrDefault(name) ?? (File.TryGetValue(name, out var symbol) ? symbol : null);
}

/// <summary>Turns spans of one file into places.</summary>
internal sealed record BicepPlaces(SourceText Source)
{
    internal Place Of(TextSpan span) => new(Source, span);
}
