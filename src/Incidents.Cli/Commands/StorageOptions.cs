using System.CommandLine;
using Incidents.Cli.Storage;

namespace Incidents.Cli.Commands;

/// <summary>Which database: options, else the server's own settings in the environment, else SQLite in ./data.</summary>
internal sealed class StorageOptions(Terminal terminal)
{
    private readonly Option<string?> provider = new("--provider") { Description = "Sqlite or Postgres; default INCIDENTS__Storage__Provider, else Sqlite.", HelpName = "NAME" };
    private readonly Option<string?> connection = new("--connection") { Description = "Connection string; default INCIDENTS__Storage__ConnectionString.", HelpName = "TEXT" };
    private readonly Option<string?> directory = new("--data") { Description = "Data directory (SQLite); default INCIDENTS__DataDirectory, else ./data.", HelpName = "DIR" };
    private readonly Option<string?> tools = new("--pg-bin") { Description = "Where pg_dump and pg_restore are; default the PATH.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Add(provider);
        command.Add(connection);
        command.Add(directory);
        command.Add(tools);
    }

    public IStorage Storage(ParseResult parsed)
    {
        var name = parsed.GetValue(provider) ?? Given("INCIDENTS__Storage__Provider") ?? "Sqlite";
        var text = parsed.GetValue(connection) ?? Given("INCIDENTS__Storage__ConnectionString");
        if (name.Equals("Postgres", StringComparison.OrdinalIgnoreCase))
            return PostgresStorage.Create(text ?? throw new CommandException(ExitCode.Usage, "PostgreSQL needs --connection or INCIDENTS__Storage__ConnectionString."), parsed.GetValue(tools));
        if (!name.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
            throw new CommandException(ExitCode.Usage, $"--provider: '{name}' is neither Sqlite nor Postgres.");
        return SqliteStorage.Create(text, parsed.GetValue(directory) ?? Given("INCIDENTS__DataDirectory") ?? "./data");
    }

    private string? Given(string variable) => terminal.Environment(variable) is { Length: > 0 } value ? value : null;
}
