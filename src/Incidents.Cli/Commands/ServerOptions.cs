using System.CommandLine;
using Incidents.Client;

namespace Incidents.Cli.Commands;

/// <summary>Which server and with which key: options, else the environment.</summary>
internal sealed class ServerOptions(Terminal terminal)
{
    private readonly Option<string?> url = new("--url") { Description = "Address of the server; default INCIDENTS_URL, else http://127.0.0.1:8080.", HelpName = "URL" };
    private readonly Option<string?> token = new("--token") { Description = "API key; default INCIDENTS_TOKEN, which keeps it out of the list of processes.", HelpName = "KEY" };

    public void AddTo(Command command)
    {
        command.Add(url);
        command.Add(token);
    }

    public IncidentsClient Client(ParseResult parsed)
    {
        var address = parsed.GetValue(url) ?? Given("INCIDENTS_URL") ?? "http://127.0.0.1:8080";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new CommandException(ExitCode.Usage, $"'{address}' is no address of a server; use http://host:port.");
        return IncidentsClient.Connect(server, parsed.GetValue(token) ?? Given("INCIDENTS_TOKEN"));
    }

    private string? Given(string variable) => terminal.Environment(variable) is { Length: > 0 } value ? value : null;
}
