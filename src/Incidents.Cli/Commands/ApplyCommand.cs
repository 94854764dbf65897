using System.CommandLine;
using System.Globalization;
using Incidents.Client;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl apply FILE</c>: puts a configuration document in force.</summary>
internal static class ApplyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The configuration document; - reads standard input." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only plan." };
        var effective = new Option<string?>("--effective") { Description = "From when changed schedules hold, 2026-12-24T15:00:00Z; default at once.", HelpName = "INSTANT" };
        var server = new ServerOptions(terminal);
        var command = new Command("apply", "Puts a configuration document in force; what it does not hold is deleted, sections that it does not have stay.") { file, dryRun, effective };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var yaml = await terminal.Read(parsed.GetValue(file)!, cancellationToken);
            var result = await server.Client(parsed).ApplyConfig(yaml, parsed.GetValue(dryRun), Instant(parsed.GetValue(effective)), cancellationToken: cancellationToken);
            await Changes.Write(terminal.Out, result);
            return ExitCode.Done;
        });
        return command;
    }

    private static DateTimeOffset? Instant(string? text)
    {
        if (text is null)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return instant;
        throw new CommandException(ExitCode.Usage, $"--effective: '{text}' is no instant such as 2026-12-24T15:00:00Z.");
    }
}

/// <summary>A plan for people: one line per thing.</summary>
internal static class Changes
{
    public static async Task Write(TextWriter output, ConfigResult result)
    {
        foreach (var change in result.Changes)
        {
            var sign = change.Action switch { "create" => '+', "delete" => '-', _ => '~' };
            await output.WriteLineAsync($"{sign} {change.Kind} {change.Name}{(change.Paths.Count == 0 ? "" : ": " + string.Join(", ", change.Paths))}");
        }
        foreach (var key in result.GeneratedKeys ?? [])
            await output.WriteLineAsync($"! key of {key.Integration}, shown only now: {key.Url}");
        foreach (var warning in result.Warnings ?? [])
            await output.WriteLineAsync($"warning: {warning.Path}: {warning.Message}");
        var count = result.Changes.Count;
        await output.WriteLineAsync(count == 0 ? "Nothing to do." : $"{count} change{(count == 1 ? "" : "s")} {(result.Applied ? "applied" : "planned")}.");
    }
}
