using System.CommandLine;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl restore FILE</c>: a backup into an empty database; into another one only when told so.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A backup." };
        var force = new Option<bool>("--force") { Description = "Replace everything that the database holds." };
        var storage = new StorageOptions(terminal);
        var command = new Command("restore", "Puts a backup into an empty database. Stop the servers before; the next start brings the schema up to date.") { file, force };
        storage.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path))
                throw new CommandException(ExitCode.Usage, $"There is no file {path}.");
            var target = storage.Storage(parsed);
            await target.CheckBackup(path, cancellationToken);
            if (!parsed.GetValue(force) && !await target.IsEmpty(cancellationToken))
                throw new CommandException(ExitCode.Usage, $"{target.Name} is not empty; --force replaces everything in it.");
            await target.Restore(path, cancellationToken);
            await terminal.Out.WriteLineAsync($"{target.Name}: restored from {path}.");
            return ExitCode.Done;
        });
        return command;
    }
}
