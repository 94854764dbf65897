namespace Incidents.Simulator.Mail;

/// <summary>How the simulated mail server misbehaves. A new set replaces the former one; an empty one is a healthy server.</summary>
internal sealed record MailFaults
{
    public static readonly MailFaults None = new();

    /// <summary>That many recipients are put off with <c>451 4.7.1</c>, as by greylisting; then it takes mail.</summary>
    public int Defer { get; init; }

    /// <summary>Mailboxes that do not exist (<c>550 5.1.1</c>).</summary>
    public IReadOnlyList<string> Reject { get; init; } = [];

    /// <summary>Takes the message, and breaks the connection before it says so: the sender cannot know.</summary>
    public int DropAnswers { get; init; }
}
