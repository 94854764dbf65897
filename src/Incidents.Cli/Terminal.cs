namespace Incidents.Cli;

/// <summary>Where a command reads, writes and looks for settings; the console, or a test.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, Func<string, string?> Environment)
{
    /// <summary>A text file; <c>-</c> is standard input.</summary>
    public async Task<string> Read(string file, CancellationToken cancellationToken)
    {
        if (file == "-")
            return await In.ReadToEndAsync(cancellationToken);
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"{file}: {e.Message}");
        }
    }
}
