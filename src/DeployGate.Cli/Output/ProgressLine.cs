using Spectre.Console;

namespace DeployGate.Cli.Output;

/// <summary>
/// A line at a terminal that says what a run is doing, from half a second on until it is disposed of; whoever gets an answer at once sees
/// none. It is drawn by a thread of its own, so that the work stays where it is.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(0.1);

    private readonly Activity _activity;
    private readonly TextWriter _terminal;
    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread _thread;

    private ProgressLine(Activity activity, TextWriter terminal)
    {
        (_activity, _terminal) = (activity, terminal);
        _thread = new Thread(Draw) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <summary>Does work, and shows what it tells of itself where somebody looks; the line is gone before this returns.</summary>
    internal static T Around<T>(Surroundings surroundings, Func<Activity, T> work)
    {
        var activity = new Activity();
        using var line = surroundings.IsErrorTerminal ? new ProgressLine(activity, surroundings.Error) : null;
        return work(activity);
    }

    public void Dispose()
    {
        _isOver.Set();
        _thread.Join();
        _isOver.Dispose();
    }

    private void Draw()
    {
        if (!_isOver.Wait(s_patience))
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(_terminal) });
            console.Status().Spinner(Spinner.Known.Line).Start(Markup.Escape(_activity.Text), status =>
            {
                while (!_isOver.Wait(s_refresh))
                {
                    status.Status = Markup.Escape(_activity.Text);
                }
            });
        }
    }
}
