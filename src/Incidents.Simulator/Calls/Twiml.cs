using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Incidents.Simulator.Calls;

/// <summary>A document of call instructions and the address against which its relative addresses resolve.</summary>
internal sealed record Twiml(IReadOnlyList<XElement> Verbs, Uri? Address)
{
    /// <summary>Reads a document. Throws <see cref="XmlException"/> when it is not one.</summary>
    public static Twiml Parse(string text, Uri? address)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        var root = XDocument.Load(reader).Root!;
        if (!string.Equals(root.Name.LocalName, "Response", StringComparison.Ordinal))
            throw new XmlException($"The root element is <{root.Name.LocalName}>, not <Response>.");
        return new Twiml([.. root.Elements()], address);
    }

    /// <summary>A plain-text answer is read aloud.</summary>
    public static Twiml Spoken(string text, Uri? address) => new([new XElement("Say", text)], address);
}

/// <summary>Attributes of a verb with the vendor's defaults.</summary>
internal static class TwimlAttributes
{
    private const int ForeverMeans = 100;

    public static string? Text(this XElement verb, string name) => (string?)verb.Attribute(name);

    /// <summary>Whole or fractional seconds; <c>auto</c> and anything unreadable is the default.</summary>
    public static TimeSpan Seconds(this XElement verb, string name, double otherwise) =>
        TimeSpan.FromSeconds(double.TryParse(verb.Text(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, 3600) : otherwise);

    public static int Number(this XElement verb, string name, int otherwise) =>
        int.TryParse(verb.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>How often it is said; 0 means until the call ends, which is cut at 100.</summary>
    public static int Loops(this XElement verb) => verb.Number("loop", 1) is var loops and > 0 ? Math.Min(loops, ForeverMeans) : ForeverMeans;

    public static HttpMethod Method(this XElement verb) => string.Equals(verb.Text("method"), "GET", StringComparison.OrdinalIgnoreCase) ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>The words of a verb, with markup inside it (SSML) left out and white space folded.</summary>
    public static string Words(this XElement verb) => string.Join(' ', verb.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
