using System.Collections.Immutable;
using System.IO.Enumeration;
using DeployGate.Cli.Checking;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Threads;
using DeployGate.Templates;

namespace DeployGate.Cli.Files;

/// <summary>A template or parameter file that was found, and the folder its links must stay in.</summary>
internal sealed record InputFile(string FullPath, string Root, TemplateFile Template);

/// <summary>A file that may be an input; named files are read whatever they look like.</summary>
internal sealed record Candidate(string Full, string Root, bool IsNamed);

/// <summary>What reading a candidate gave: an input, an error, or neither where it is none of our business.</summary>
internal sealed record ReadInput(InputFile? File, InputError? Error, ScriptFile? Script = null);

/// <summary>A YAML file that may be a pipeline, or a script.</summary>
/// <param name="FullPath">The full path.</param>
/// <param name="Root">The folder its files may come from.</param>
/// <param name="Source">The text.</param>
/// <param name="IsNamed">True when the user named the file itself.</param>
internal sealed record ScriptFile(string FullPath, string Root, SourceText Source, bool IsNamed);

/// <summary>What was found below the paths of a command.</summary>
internal sealed record Inputs(ImmutableArray<InputFile> Templates, ImmutableArray<InputFile> Parameters, ImmutableArray<InputError> Errors)
{
    /// <summary>Files that may be pipelines, and scripts.</summary>
    internal ImmutableArray<ScriptFile> Scripts { get; init; } = [];
}

/// <summary>Finds templates and parameter files: those that were named, and those in folders that were named.</summary>
internal sealed class InputFinder(string workingFolder, TextReader standardInput, EditedFiles? edited = null)
{
    // Other people's files, and files that are made, not written.
    private static readonly HashSet<string> s_skipped = new(StringComparer.OrdinalIgnoreCase) { ".git", "node_modules", "bin", "obj", ".terraform", ".vs" };

    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private const int ReadAlone = 8;

    private readonly RealFolders _folders = new();
    private readonly DiskRoots _roots = new(workingFolder);

    internal Inputs Find(IReadOnlyList<string> paths)
    {
        var errors = new List<InputError>();
        var candidates = new List<Candidate>();
        var files = new List<InputFile>();
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path == "-" ? "." : path, workingFolder);
            if (path == "-")
            {
                ReadStandardInput(files, errors);
            }
            else if (Directory.Exists(full))
            {
                var root = DiskFiles.RepositoryOf(full) ?? full;
                candidates.AddRange(Below(full, errors).Select(file => new Candidate(file, root, false)));
            }
            else
            {
                candidates.Add(new Candidate(full, RootOf(full), true));
            }
        }

        var scripts = new List<ScriptFile>();
        foreach (var (file, error, script) in ReadAll(candidates.DistinctBy(candidate => candidate.Full).ToList()))
        {
            if (script is not null)
            {
                scripts.Add(script);
            }

            if (file is not null)
            {
                files.Add(file);
            }

            if (error is not null)
            {
                errors.Add(error);
            }
        }

        AddUsed(files, errors);
        return new Inputs(
            [.. files.Where(file => file.Template.Kind == TemplateFileKind.Template)],
            [.. files.Where(file => file.Template.Kind == TemplateFileKind.Parameters)],
            [.. errors])
        {
            Scripts = [.. scripts],
        };
    }

    // A handful of files is read before a second thread would have begun.
    private ReadInput[] ReadAll(List<Candidate> candidates) =>
        candidates.Count <= ReadAlone ? [.. candidates.Select(Read)] : Each.Of<Candidate, ReadInput>(candidates, LargeRun.Is(candidates.Count) ? ReadAndLetGo : Read);

    // What a file says is read again from its text when its turn comes: thousands of values would wait for that for seconds.
    private ReadInput ReadAndLetGo(Candidate candidate)
    {
        var input = Read(candidate);
        input.File?.Template.LetGo();
        input.Script?.Source.Pack();
        return input;
    }

    // A parameter file that is named alone brings the template it names along.
    private void AddUsed(List<InputFile> files, List<InputError> errors)
    {
        foreach (var parameters in files.Where(file => file.Template.Using is not null).ToList())
        {
            var full = DiskFiles.Full(parameters.Template.Using!, Path.GetDirectoryName(parameters.FullPath)!);
            if (files.Exists(file => file.FullPath == full))
            {
                continue;
            }

            if (!_roots.Of(parameters.Root).IsInside(DiskFiles.RealPath(full)))
            {
                errors.Add(new InputError(parameters.Template.Source.Path, null, $"the template it uses, '{parameters.Template.Using}', lies outside of the repository", "Move it into the repository."));
                continue;
            }

            var (file, error, _) = Read(new Candidate(full, parameters.Root, IsNamed: true));
            if (file is not null)
            {
                files.Add(file);
            }
            else if (error is not null)
            {
                errors.Add(error with { Message = $"the template that '{parameters.Template.Source.Path}' uses: {error.Message}" });
            }
        }
    }

    private void ReadStandardInput(List<InputFile> files, List<InputError> errors)
    {
        const string name = "<stdin>";
        var text = new char[DiskFiles.MaxTemplateBytes];
        var length = standardInput.ReadBlock(text, 0, text.Length);
        if (standardInput.Peek() >= 0)
        {
            errors.Add(new InputError(name, null, $"standard input was not read: it has more than {text.Length / 1024 / 1024} MB", "Azure accepts templates of at most 4 MB: split it."));
            return;
        }

        files.Add(new InputFile("-", RootOf(workingFolder), TemplateFile.Read(new SourceText(name, new string(text, 0, length)))));
    }

    private ReadInput Read(Candidate candidate)
    {
        var (full, root, isNamed) = candidate;
        var shown = DiskFiles.Shown(full, workingFolder);
        if (!isNamed && !_roots.Of(root).IsInside(_folders.RealPath(full)))
        {
            return new(null, new InputError(shown, null, "it is a link that leads out of the repository, and was not read", "Replace the link by the file."));
        }

        switch (DiskFiles.ReadNamed(full, workingFolder, DiskFiles.MaxTemplateBytes, edited))
        {
            case FileRead.Found found when ScriptPaths.IsScript(full):
                return new(null, null, new ScriptFile(full, root, found.Source, isNamed));
            case FileRead.Found found when !isNamed && !IsBicep(full) && !TemplateFile.MayBe(found.Source.Content):
                return new(null, null);
            case FileRead.Found found:
                var template = TemplateFile.Read(found.Source);
                return template.Kind == TemplateFileKind.Other && isNamed
                    ? new(null, NotATemplate(shown, template))
                    : new(new InputFile(full, root, template), null);
            case FileRead.Missing:
                return new(null, new InputError(shown, null, "there is no such file or folder", "Correct the path."));
            case FileRead.Refused when !isNamed && (ScriptPaths.IsScript(full) || !StartsLikeTemplate(full)):
                return new(null, null);
            case FileRead.Refused refused:
                return new(null, new InputError(shown, null, $"the file was not read: {refused.Reason}", refused.Fix));
            default:
                return new(null, null);
        }
    }

    private static InputError NotATemplate(string shown, TemplateFile template)
    {
        if (template.Problems.FirstOrDefault(problem => problem.IsFatal) is { } problem)
        {
            return new InputError(shown, problem.At.Start, problem.Message, problem.Fix);
        }

        return new InputError(shown, null, "it is neither an ARM template nor a parameter file: it has no $schema of one, and no resources", "Name a template, or add the $schema.");
    }

    // A large file that is not even meant to be a template concerns nobody.
    private static bool StartsLikeTemplate(string full)
    {
        try
        {
            using var file = OpenedFile.Of(new FileInfo(full));
            var bytes = new byte[64 * 1024];
            return file is null || OpenedFile.LengthOf(file) is null || TemplateFile.MayBe(SourceEncoding.Decode(bytes.AsSpan(0, OpenedFile.Read(file, bytes))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It cannot be told what it is: saying so is better than passing over it.
            return true;
        }
    }

    // Level by level, so that the folders of one are listed at the same time.
    private List<string> Below(string folder, List<InputError> errors)
    {
        var found = new List<string>();
        List<string> level = [folder];
        while (level.Count > 0)
        {
            var listings = LargeRun.Is(level.Count) ? Each.Of(level, List) : [.. level.Select(List)];
            level = [];
            foreach (var listing in listings)
            {
                level.AddRange(listing.Folders);
                found.AddRange(listing.Files);
                if (listing.Error is { } error)
                {
                    errors.Add(error);
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private Listing List(string folder)
    {
        var listing = new Listing([], [], null);
        try
        {
            // What the listing itself tells of an entry is enough: nothing is asked of each file.
            var entries = new FileSystemEnumerable<Entry>(folder, (ref entry) => new Entry(entry.ToFullPath(), entry.IsDirectory), s_everything)
            {
                ShouldIncludePredicate = (ref entry) => entry.IsDirectory || MayBeInput(entry.FileName),
            };
            foreach (var (full, isFolder) in entries)
            {
                if (!isFolder)
                {
                    listing.Files.Add(full);
                }
                else if (!s_skipped.Contains(Path.GetFileName(full)) && new DirectoryInfo(full).LinkTarget is null)
                {
                    // A linked folder is the same files again, or somebody else's.
                    listing.Folders.Add(full);
                }
            }

            return listing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var (reason, fix) = ReadProblem.Of(exception, folder);
            return listing with { Error = new InputError(DiskFiles.Shown(folder, workingFolder), null, $"the folder was not read: {reason}", fix) };
        }
    }

    private static bool MayBeInput(ReadOnlySpan<char> name) =>
        Path.GetExtension(name) is var extension && (Is(extension, ".json") || Is(extension, ".jsonc") || IsBicep(name) || ScriptPaths.IsScript(name));

    private static bool Is(ReadOnlySpan<char> extension, string other) => extension.Equals(other, StringComparison.OrdinalIgnoreCase);

    private sealed record Entry(string Full, bool IsFolder);

    /// <summary>What lies directly in a folder: folders to look into, files that may be inputs, and why not all of it was seen.</summary>
    private sealed record Listing(List<string> Folders, List<string> Files, InputError? Error);

    private string RootOf(string full)
    {
        if (DiskFiles.RepositoryOf(full) is { } repository)
        {
            return repository;
        }

        var isBelow = full.StartsWith(workingFolder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isBelow ? workingFolder : Path.GetDirectoryName(full) ?? workingFolder;
    }

    private static bool IsBicep(ReadOnlySpan<char> path) => Path.GetExtension(path) is var extension && (Is(extension, ".bicep") || Is(extension, ".bicepparam"));
}
