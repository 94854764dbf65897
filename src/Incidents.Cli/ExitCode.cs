namespace Incidents.Cli;

/// <summary>What a script can branch on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary><c>diff</c>: there are differences.</summary>
    public const int Differs = 1;

    /// <summary>The command line or a file on this machine is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The server refused: faults in the document, missing rights, somebody else's change.</summary>
    public const int Refused = 3;

    /// <summary>The server or database cannot be reached, or failed.</summary>
    public const int Unreachable = 4;
}

/// <summary>A failure with a sentence for the user; nothing else is printed.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
