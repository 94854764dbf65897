using System.Globalization;

namespace Incidents.Simulator.Mail;

/// <summary>A mail as it arrived. <paramref name="To"/> is the envelope's recipient.</summary>
internal sealed record ReceivedMail(string Id, DateTimeOffset ReceivedAt, string EnvelopeFrom, string To, byte[] Raw, ParsedMail Parsed);

/// <summary>All mail that arrived, whoever it is for; the newest thousand are kept.</summary>
internal sealed class Mailbox(TimeProvider time)
{
    private const int Remembered = 1000;

    private readonly Lock sync = new();
    private readonly LinkedList<ReceivedMail> mails = new();
    private MailFaults faults = MailFaults.None;
    private int deferred;
    private int dropped;
    private long sequence;

    public MailFaults Faults
    {
        get
        {
            lock (sync) return faults;
        }
        set
        {
            lock (sync) (faults, deferred, dropped) = (value, 0, 0);
        }
    }

    public void Add(string from, string to, byte[] raw)
    {
        var parsed = ParsedMail.Read(raw);
        lock (sync)
        {
            // As mail systems with duplicate suppression do: the same message for the same mailbox arrives once.
            if (parsed.Header("Message-ID") is { Length: > 0 } id && mails.Any(m => m.To == to && m.Parsed.Header("Message-ID") == id)) return;
            mails.AddFirst(new ReceivedMail((++sequence).ToString(CultureInfo.InvariantCulture), time.GetUtcNow(), from, to, raw, parsed));
            if (mails.Count > Remembered) mails.RemoveLast();
        }
    }

    /// <summary>Newest first. <paramref name="to"/> null: everybody's.</summary>
    public IReadOnlyList<ReceivedMail> List(string? to, int limit)
    {
        lock (sync) return [.. mails.Where(m => to is null || string.Equals(m.To, to, StringComparison.OrdinalIgnoreCase)).Take(limit)];
    }

    public ReceivedMail? Find(string id)
    {
        lock (sync) return mails.FirstOrDefault(m => m.Id == id);
    }

    public void Clear()
    {
        lock (sync) mails.Clear();
    }

    /// <summary>What the server says to a recipient.</summary>
    public string Answer(string to)
    {
        lock (sync)
        {
            if (faults.Reject.Contains(to, StringComparer.OrdinalIgnoreCase)) return "550 5.1.1 No such mailbox here";
            if (deferred >= faults.Defer) return "250 2.1.5 OK";
            deferred++;
            return "451 4.7.1 Greylisted, please try again";
        }
    }

    public bool TakeDrop()
    {
        lock (sync) return dropped < faults.DropAnswers && ++dropped > 0;
    }
}
