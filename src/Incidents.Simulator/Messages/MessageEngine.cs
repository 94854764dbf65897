using System.Collections.Concurrent;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Incidents.Simulator.Callbacks;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Messages;

/// <summary>Carries texts both ways.</summary>
internal sealed class MessageEngine(
    IOptions<SimulatorOptions> options,
    TimeProvider time,
    CallbackClient callbacks,
    StatusCallbacks statusCallbacks,
    FaultInjector faults,
    AutomaticPhones automatic,
    Handsets handsets,
    PhoneEvents events,
    PublicAddress address,
    IHostApplicationLifetime lifetime,
    ILogger<MessageEngine> log)
{
    /// <summary>Words by which a phone opts out of texts and in again, as the vendor knows them without further setting.</summary>
    private static readonly string[] Stops = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"], Starts = ["START", "UNSTOP"];

    private readonly ConcurrentDictionary<(string Phone, string Number), bool> _optedOut = [];

    /// <summary>Whether a phone takes no texts from a number.</summary>
    public bool OptedOut(string phone, string number) => _optedOut.ContainsKey((phone, number));

    public RecordStore<Message> Records { get; } = new(options.Value.Remembered);

    /// <summary>Takes a text from the client; delivery goes on by itself.</summary>
    public Message Send(string from, string to, string body, Uri? statusCallback, DateTimeOffset receivedAt)
    {
        var message = new Message(Sids.Message(), from, to, body, "outbound-api", receivedAt) { StatusCallback = statusCallback };
        Records.Add(message.Sid, message);
        _ = Guard(message.Sid, () => DeliverAsync(message, lifetime.ApplicationStopping));
        return message;
    }

    /// <summary>Sends a text from a phone to the client's server and returns what that answered.</summary>
    public async Task<(Message Sent, CallbackAnswer Answer)> ReceiveAsync(string from, string body, CancellationToken cancellationToken)
    {
        var phone = handsets[from];
        var message = new Message(Sids.Message(), from, phone.LastFrom ?? options.Value.Number, body, "inbound", time.GetUtcNow()) { Status = MessageStatus.Received };
        Records.Add(message.Sid, message);
        Records.Finish(message.Sid);
        Show(phone, message);

        var form = Form(message, "received");
        var choice = Choice(message.Body);
        if (choice is not null) form["OptOutType"] = choice;
        if (choice is "STOP" && _optedOut.TryAdd((from, message.To), true))
            Reply(phone, message, "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.");
        if (choice is "START" && _optedOut.TryRemove((from, message.To), out _))
            Reply(phone, message, "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.");

        var answer = await callbacks.SendAsync(address.Resolve(options.Value.IncomingSmsUrl), HttpMethod.Post, form, cancellationToken);
        if (!answer.Ok) message.ErrorCode = answer.ErrorCode;
        foreach (var reply in OptedOut(from, message.To) ? [] : Replies(answer, message)) Reply(phone, message, reply);
        return (message, answer);
    }

    private static string? Choice(string body)
    {
        var word = body.Trim();
        return Stops.Contains(word, StringComparer.OrdinalIgnoreCase) ? "STOP" : Starts.Contains(word, StringComparer.OrdinalIgnoreCase) ? "START" : null;
    }

    private void Reply(Phone phone, Message to, string text)
    {
        var now = time.GetUtcNow();
        var sent = new Message(Sids.Message(), to.To, to.From, text, "outbound-reply", now) { Status = MessageStatus.Delivered, DeliveredAt = now };
        Records.Add(sent.Sid, sent);
        Records.Finish(sent.Sid);
        Show(phone, sent);
    }

    private async Task DeliverAsync(Message message, CancellationToken stopping)
    {
        await Pause(options.Value.CarrierLatency, stopping);
        message.SentAt = Move(message, MessageStatus.Sent);
        var told = Tell(message);

        await Pause(options.Value.CarrierLatency, stopping);
        if (faults.Current.FailNumbers.Contains(message.To, StringComparer.Ordinal))
        {
            message.ErrorCode = 30003;
            Move(message, MessageStatus.Undelivered);
        }
        else
        {
            message.DeliveredAt = Move(message, MessageStatus.Delivered);
            Show(handsets[message.To], message);
        }
        Records.Finish(message.Sid);
        await told;
        await Tell(message);

        if (message.Status == MessageStatus.Delivered && automatic.For(message.To) is { Reply.Length: > 0 } rule)
        {
            await Pause(rule.Wait, stopping);
            await ReceiveAsync(message.To, rule.Reply, stopping);
        }
    }

    private DateTimeOffset Move(Message message, MessageStatus status)
    {
        message.UpdatedAt = time.GetUtcNow();
        message.Status = status;
        return message.UpdatedAt;
    }

    private Task Tell(Message message)
    {
        if (message.StatusCallback is not { } url) return Task.CompletedTask;
        var form = Form(message, message.WireStatus);
        form["MessageStatus"] = message.WireStatus;
        if (message.ErrorCode is { } code) form["ErrorCode"] = code.ToString(CultureInfo.InvariantCulture);
        return statusCallbacks.SendAsync(url, HttpMethod.Post, form);
    }

    private Dictionary<string, string> Form(Message message, string status)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = message.Sid,
            ["SmsSid"] = message.Sid,
            ["SmsStatus"] = status,
            ["AccountSid"] = options.Value.AccountSid,
            ["From"] = message.From,
            ["To"] = message.To,
            ["ApiVersion"] = "2010-04-01",
        };
        if (!message.Inbound) return form;
        form["SmsMessageSid"] = message.Sid;
        form["Body"] = message.Body;
        form["NumMedia"] = "0";
        form["NumSegments"] = message.Segments.ToString(CultureInfo.InvariantCulture);
        return form;
    }

    /// <summary>The texts in a TwiML answer; a plain-text answer is one text, as at the vendor.</summary>
    private static IEnumerable<string> Replies(CallbackAnswer answer, Message to)
    {
        if (!answer.Ok || answer.Body.Length == 0) return [];
        if (string.Equals(answer.MediaType, "text/plain", StringComparison.OrdinalIgnoreCase)) return [answer.Body];
        try
        {
            return [.. XDocument.Parse(answer.Body).Root!.Elements("Message")
                .Select(m => (m.Element("Body")?.Value ?? string.Concat(m.Nodes().OfType<XText>().Select(t => t.Value))).Trim())
                .Where(text => text.Length > 0)];
        }
        catch (XmlException)
        {
            to.ErrorCode = 12100;
            return [];
        }
    }

    private void Show(Phone phone, Message message)
    {
        phone.Add(message);
        events.Changed(phone.Number);
    }

    private Task Pause(TimeSpan length, CancellationToken cancellationToken) =>
        length > TimeSpan.Zero ? Task.Delay(length, time, cancellationToken) : Task.CompletedTask;

    private async Task Guard(string sid, Func<Task> work)
    {
        try
        {
            await Task.Yield();
            await work();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The process ends, and the simulated carrier with it.
        }
        catch (Exception e)
        {
            Log.BrokeOff(log, sid, e);
        }
    }
}
