using System.Reflection;
using System.Text.RegularExpressions;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Channels.Phrases;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Texts_when_translated
{
    private static readonly PropertyInfo[] Sentences = [.. typeof(PhoneTexts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string) && p.Name != nameof(PhoneTexts.Language))];
    private static readonly MethodInfo[] Forms = [.. typeof(PhoneTexts).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.ReturnType == typeof(string) && !m.IsSpecialName)];

    public static TheoryData<string> Languages => [.. PhoneTexts.All.Select(t => t.Language)];

    [Theory, MemberData(nameof(Languages))]
    public void have_every_key_and_no_other(string language)
        => Assert.Equal(Sentences.Select(p => p.Name).Concat(Forms.Select(m => m.Name)).Order(StringComparer.Ordinal), PhoneTexts.Of(language).Raw.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Languages))]
    public void have_the_same_placeholders_as_their_members(string language)
    {
        var raw = PhoneTexts.Of(language).Raw;
        foreach (var sentence in Sentences)
            Assert.DoesNotContain('{', raw[sentence.Name]);
        foreach (var form in Forms)
        {
            var given = Enumerable.Range(0, form.GetParameters().Length).Select(i => $"{{{i}}}");
            Assert.Equal(given, Regex.Matches(raw[form.Name], @"\{[^}]*\}").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void differ_between_languages()
    {
        // The same on purpose: a format without words, and the product's name.
        string[] same = [nameof(PhoneTexts.TextFacts), nameof(PhoneTexts.TextHelp)];
        foreach (var other in PhoneTexts.All.Skip(1))
            Assert.Empty(other.Raw.Where(t => !same.Contains(t.Key) && t.Value == PhoneTexts.English.Raw[t.Key]).Select(t => t.Key));
    }

    [Theory]
    [InlineData("pt-BR", "pt", "pt-BR")]
    [InlineData("pt-PT", "pt", "pt-PT")]
    [InlineData("PT", "pt", "pt-BR")]
    [InlineData("ru", "ru", "ru-RU")]
    [InlineData("et", "et", "fi-FI")]
    [InlineData("en-GB", "en", "en-GB")]
    [InlineData("de", "en", "en-US")]
    [InlineData("etx", "en", "en-US")]
    [InlineData(null, "en", "en-US")]
    public void are_found_by_language_tag_with_a_voice_for_it(string? tag, string language, string spoken)
        => Assert.Equal((language, spoken), (PhoneTexts.Of(tag).Language, Voices.Of(tag).Language));

    [Theory]
    [InlineData("en")]
    [InlineData("pt")]
    [InlineData("et")]
    public void of_a_page_cost_no_more_than_they_must(string language)
    {
        var texts = PhoneTexts.Of(language);
        foreach (var text in new[] { texts.TextAnswers, texts.TextUsage(1), texts.TextNotUnderstood, texts.TextHasIt("A", 1, "B"), texts.TextNoneOpen })
            Assert.True(Gsm.Fits(text), text);
    }

    [Fact]
    public void teach_replies_that_are_understood()
    {
        foreach (var texts in PhoneTexts.All)
        {
            var usage = texts.TextUsage(7);
            var words = usage[(usage.LastIndexOfAny([':', ',']) + 1)..].Replace("nagu: ", "", StringComparison.Ordinal);
            Assert.Equal(new SmsCommand(Incidents.Contracts.Seams.IncidentVerb.Acknowledge, 7), SmsReply.Read(words));
        }
    }
}
