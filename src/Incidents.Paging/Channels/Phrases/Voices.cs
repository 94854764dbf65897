namespace Incidents.Paging.Channels.Phrases;

/// <summary>How the vendor is to pronounce a text: attributes of <c>Say</c> (twilio.com/docs/voice/twiml/say/text-speech).</summary>
internal sealed record SpokenBy(string Language, string Voice);

internal static class Voices
{
    private static readonly SpokenBy American = new("en-US", "Polly.Joanna-Neural");

    /// <summary>
    /// By a language tag. Twilio has no Estonian voice: a Finnish one reads Estonian so that it is understood, which an English one does not.
    /// </summary>
    public static SpokenBy Of(string? tag)
    {
        var language = PhoneTexts.Of(tag).Language;
        var region = tag is null || tag.Length <= 3 ? "" : tag[3..].ToUpperInvariant();
        return (language, region) switch
        {
            ("en", "GB" or "IE" or "AU" or "NZ") => new("en-GB", "Polly.Amy-Neural"),
            ("pt", "PT") => new("pt-PT", "Polly.Ines-Neural"),
            ("pt", _) => new("pt-BR", "Polly.Camila-Neural"),
            ("ru", _) => new("ru-RU", "Google.ru-RU-Wavenet-A"),
            ("et", _) => new("fi-FI", "Polly.Suvi-Neural"),
            _ => American,
        };
    }
}
