using System.CommandLine;
using System.Globalization;

namespace Incidents.Cli.Commands;

/// <summary><c>incidentctl backup FILE</c>: a consistent copy of the database, also while the server runs.</summary>
internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write the backup." };
        var force = new Option<bool>("--force") { Description = "Replace FILE." };
        var storage = new StorageOptions(terminal);
        var command = new Command("backup", "Copies the whole database into FILE: a consistent state, also while servers run. Works on the database, not through the server.") { file, force };
        storage.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (File.Exists(path) && !parsed.GetValue(force))
                throw new CommandException(ExitCode.Usage, $"{path} exists; --force replaces it.");
            if (Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory))
                throw new CommandException(ExitCode.Usage, $"There is no directory {directory}.");
            // Under another name until it is whole: a half backup must not look like one.
            var partial = path + ".partial";
            try
            {
                File.Delete(partial);
                await storage.Storage(parsed).Backup(partial, cancellationToken);
                File.Move(partial, path, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(ExitCode.Usage, $"{path}: {e.Message}");
            }
            finally
            {
                File.Delete(partial);
            }
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length:N0} bytes."));
            return ExitCode.Done;
        });
        return command;
    }
}
