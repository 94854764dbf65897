namespace Incidents.Simulator;

/// <summary>Settings of the simulated vendors. Read once, at the first request.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Whether anything under <c>/simulator</c> answers at all; when false every path there is 404. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether other machines may use it. False (default): a request that does not come over loopback is refused with 403.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>The account that the vendor API expects as Basic user name, "AC" and 32 hexadecimal digits.</summary>
    public string AccountSid { get; set; } = "AC00000000000000000000000000000001";

    /// <summary>Basic password, and the key with which callbacks are signed.</summary>
    public string AuthToken { get; set; } = "simulator-token";

    /// <summary>Where the application is reached from outside, without a trailing slash. Null (default): the address that the server listens on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where a text sent from a phone is posted: absolute, or a path below <see cref="PublicUrl"/>. Default <c>/callbacks/twilio/sms</c>.</summary>
    public string IncomingSmsUrl { get; set; } = "/callbacks/twilio/sms";

    /// <summary>Where the instructions for a call from a phone come from: absolute, or a path below <see cref="PublicUrl"/>. Default <c>/callbacks/twilio/incoming</c>.</summary>
    public string IncomingCallUrl { get; set; } = "/callbacks/twilio/incoming";

    /// <summary>The number that a phone's text or call goes to when that phone has not been called or texted before, E.164.</summary>
    public string Number { get; set; } = "+15550100000";

    /// <summary>What the phones show as the caller's name.</summary>
    public string CallerName { get; set; } = "Incidents";

    /// <summary>Time from the API request to the first ring, and between the states of a text. Default 150 ms; zero is allowed.</summary>
    public TimeSpan CarrierLatency { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Speaking speed, from which the length of a <c>Say</c> follows. Default 15; 0 says everything in no time.</summary>
    public double CharactersPerSecond { get; set; } = 15;

    /// <summary>How many finished calls, and as many finished texts, are remembered. Default 10,000.</summary>
    public int Remembered { get; set; } = 10_000;

    /// <summary>How many calls may be under way; one more is refused with 429. Default 50,000.</summary>
    public int MaxLive { get; set; } = 50_000;

    /// <summary>Where mail arrives. Null (default): the mailbox stays empty.</summary>
    public MailListener? Mail { get; set; }

    /// <summary>The bot token that the chat vendor's API expects.</summary>
    public string SlackBotToken { get; set; } = "xoxb-simulator";

    /// <summary>The key with which the chat vendor signs its requests.</summary>
    public string SlackSigningSecret { get; set; } = "simulator-signing-secret";

    /// <summary>Where commands, interactions and events of the chat are posted: absolute, or a path below <see cref="PublicUrl"/>. Default <c>/callbacks/slack</c>.</summary>
    public string SlackCallbacks { get; set; } = "/callbacks/slack";

    /// <summary>How long the chat vendor waits for an answer, and for the dialog that may follow it. Default 3 s, the vendor's own.</summary>
    public TimeSpan SlackPatience { get; set; } = TimeSpan.FromSeconds(3);
}
