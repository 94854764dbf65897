namespace Incidents.Cli.Tests;

/// <summary>One run of incidentctl, with what it wrote.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    /// <param name="environment">What the process would have in its environment.</param>
    public static async Task<Ran> Command(string[] args, string input = "", Dictionary<string, string>? environment = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var code = await CommandLine.Run(args, reader, output, error, name => environment?.GetValueOrDefault(name), TestContext.Current.CancellationToken);
        return new Ran(code, output.ToString(), error.ToString());
    }
}
