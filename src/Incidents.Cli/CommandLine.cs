using System.CommandLine;
using System.Net;
using Incidents.Cli.Commands;
using Incidents.Client;

namespace Incidents.Cli;

/// <summary>incidentctl: what it is made of, and how failures become sentences and exit codes.</summary>
internal static class CommandLine
{
    private const string Description = """
        Operates an Incidents installation.

        Exit codes: 0 done, 1 diff found differences, 2 wrong use, 3 the server refused, 4 server or database not reachable.
        """;

    public static async Task<int> Run(string[] args, TextReader input, TextWriter output, TextWriter error, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var terminal = new Terminal(input, output, error, environment);
        var root = new RootCommand(Description) { ApplyCommand.Create(terminal), DiffCommand.Create(terminal), ExportCommand.Create(terminal), DemoCommand.Create(terminal), BackupCommand.Create(terminal), RestoreCommand.Create(terminal) };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors)
                await error.WriteLineAsync(wrong.Message);
            await error.WriteLineAsync("Try incidentctl --help.");
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (CommandException failed)
        {
            await error.WriteLineAsync(failed.Message);
            return failed.ExitCode;
        }
        catch (ApiException refused)
        {
            await error.WriteLineAsync(Advice(refused));
            foreach (var fault in refused.Faults)
                await error.WriteLineAsync($"  {(fault.Path.Length == 0 ? "" : fault.Path + ": ")}{fault.Message}");
            return (int)refused.Status >= 500 ? ExitCode.Unreachable : ExitCode.Refused;
        }
        catch (HttpRequestException away)
        {
            await error.WriteLineAsync($"The server cannot be reached: {away.Message}");
            return ExitCode.Unreachable;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("The server did not answer in time.");
            return ExitCode.Unreachable;
        }
    }

    private static string Advice(ApiException refused) => refused.Status == HttpStatusCode.Unauthorized
        ? "The server does not know this token: give one with --token or INCIDENTS_TOKEN."
        : refused.Message;
}
