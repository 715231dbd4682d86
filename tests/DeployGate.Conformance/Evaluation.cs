using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Templates;

namespace DeployGate.Conformance;

/// <summary>What became of one side of a pair.</summary>
internal abstract record Outcome
{
    internal sealed record Resolved(ResolvedTemplate Template) : Outcome;

    internal sealed record Crashed(string Error) : Outcome;

    internal sealed record TimedOut : Outcome;
}

/// <summary>Resolves one file without parameters, always for the same target.</summary>
internal sealed class Evaluation(ISourceFiles files, ISourceFiles? moduleCache)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly DeploymentTarget s_target = new("11111111-2222-3333-4444-555555555555", "conformance", "westeurope");

    /// <summary>Resolves on a thread of its own and waits for it as long as anybody would.</summary>
    internal Outcome Try(string path)
    {
        var work = Task.Factory.StartNew(() => Caught(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return work.Wait(s_patience) ? work.Result : new Outcome.TimedOut();
    }

    internal ResolvedTemplate Resolve(string path)
    {
        if (files.Read(path) is not FileRead.Found found)
        {
            throw new FileNotFoundException("the corpus has no such file", path);
        }

        return new TemplateResolver(files, moduleCache).Resolve(TemplateFile.Read(found.Source), [], s_target);
    }

    /// <summary>The texts of a file and of every file it brings in.</summary>
    internal IEnumerable<string> TextsOf(string path)
    {
        var recording = new RecordingFiles(files);
        new Evaluation(recording, moduleCache).Try(path);
        return recording.Texts.Select(text => text.Text);
    }

    private Outcome Caught(string path)
    {
        try
        {
            return new Outcome.Resolved(Resolve(path));
        }
        catch (Exception exception)
        {
            // Whatever it is, it is a defect, and is counted as one.
            return new Outcome.Crashed($"{path}: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0].Trim()}");
        }
    }
}
