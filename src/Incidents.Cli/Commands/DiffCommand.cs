using System.CommandLine;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl diff FILE</c>: what an apply would change; exit code 1 when it would.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The configuration document; - reads standard input." };
        var server = new ServerOptions(terminal);
        var command = new Command("diff", "Shows what an apply would change. Exit code 1 when there is something, 0 when not.") { file };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var yaml = await terminal.Read(parsed.GetValue(file)!, cancellationToken);
            var result = await server.Client(parsed).ApplyConfig(yaml, dryRun: true, cancellationToken: cancellationToken);
            await Changes.Write(terminal.Out, result);
            return result.Changes.Count == 0 ? ExitCode.Done : ExitCode.Differs;
        });
        return command;
    }
}
