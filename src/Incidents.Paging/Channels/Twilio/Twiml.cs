using System.Xml.Linq;
using Incidents.Paging.Channels.Phrases;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>TwiML documents; text is escaped by the XML writer.</summary>
internal static class Twiml
{
    public static IResult Response(params object[] verbs)
        => TypedResults.Content("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + new XElement("Response", verbs).ToString(SaveOptions.DisableFormatting), "text/xml; charset=utf-8");

    public static XElement Say(string text, SpokenBy by) => new("Say", new XAttribute("language", by.Language), new XAttribute("voice", by.Voice), Clean(text));

    /// <summary>One key, the hash key too: without a finishing key it comes as it is pressed.</summary>
    public static XElement Gather(string action, params XElement[] spoken)
        => new("Gather", new XAttribute("input", "dtmf"), new XAttribute("numDigits", "1"), new XAttribute("timeout", "6"), new XAttribute("finishOnKey", ""), new XAttribute("method", "POST"), new XAttribute("action", action), spoken);

    /// <summary>Several keys, ended by hash or a pause.</summary>
    public static XElement GatherNumber(string action, int longest, params XElement[] spoken)
        => new("Gather", new XAttribute("input", "dtmf"), new XAttribute("numDigits", longest), new XAttribute("timeout", "6"), new XAttribute("finishOnKey", "#"), new XAttribute("method", "POST"), new XAttribute("action", action), spoken);

    public static XElement Redirect(string url) => new("Redirect", new XAttribute("method", "POST"), url);

    public static XElement Hangup() => new("Hangup");

    public static XElement Message(string text) => new("Message", Clean(text));

    /// <summary>XML 1.0 has no place for most control characters.</summary>
    private static string Clean(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));
}
