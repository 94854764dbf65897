using System.CommandLine;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl export</c>: the present document on standard output.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var server = new ServerOptions(terminal);
        var command = new Command("export", "Writes the present configuration document to standard output; keys of integrations are masked.");
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var document = await server.Client(parsed).ExportConfig(cancellationToken);
            await terminal.Out.WriteAsync(document.Yaml);
            await terminal.Out.FlushAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
