using System.CommandLine;
using Incidents.Client;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl demo load|remove</c>: the demo organisation beside what is there, and away again.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal) => new("demo", "Loads the demo organisation beside what is there, or removes it again.")
    {
        Step(terminal, "load", "Adds what is missing of the demo organisation; nothing that is there is touched.", plans => plans.Load, (client, etag, ct) => client.LoadDemo(etag, ct)),
        Step(terminal, "remove", "Removes of the demo organisation what nobody changed and nothing else needs.", plans => plans.Remove, (client, etag, ct) => client.RemoveDemo(etag, ct)),
    };

    private static Command Step(Terminal terminal, string name, string description, Func<DemoPlans, DemoStep> of, Func<IncidentsClient, string, CancellationToken, Task<DemoResult>> run)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only plan." };
        var server = new ServerOptions(terminal);
        var command = new Command(name, description) { dryRun };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var client = server.Client(parsed);
            var plans = await client.PlanDemo(cancellationToken);
            var step = of(plans);
            if (step.Refusal is { } refusal)
                throw new CommandException(ExitCode.Refused, string.Join(Environment.NewLine, refusal.Select(f => f.Path.Length == 0 ? f.Message : $"{f.Path}: {f.Message}")));
            var planned = parsed.GetValue(dryRun);
            // What was planned is what is done: a change by somebody else in between is refused.
            var done = planned ? new DemoResult(step.Changes, step.Kept, null) : await run(client, plans.ETag ?? throw new CommandException(ExitCode.Refused, "The server's plan of the demo data has no ETag."), cancellationToken);
            foreach (var kept in done.Kept)
                await terminal.Out.WriteLineAsync($"= {kept.Kind} {kept.Name} stays: {Why(kept)}");
            await Changes.Write(terminal.Out, new ConfigResult(Applied: !planned, done.Changes, done.GeneratedKeys));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Why(DemoKept kept) => kept.Reason switch
    {
        "present" => "there is one of this name already",
        "changed" => "it was changed",
        "needed" => $"{kept.Where ?? "something else"} needs it",
        var other => other,
    };
}
