using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Sms;
using Xunit;

namespace Incidents.Paging.Tests.Bundles;

public sealed class Bundle_when_worded
{
    private const string Link = "https://incidents.example.com/a/AQAAAAAAKmpSsPBhbmEtc291emGEu2ZCCtnVVQ0m8Gt0Bqd8";

    private static List<(long, string)> Pages(int count, string title = "Disk of the primary database is nearly full") => [.. Enumerable.Range(0, count).Select(i => (4217L + i, title))];

    [Theory]
    [InlineData("en", 2)]
    [InlineData("en", 5)]
    [InlineData("en", 300)]
    [InlineData("pt", 4)]
    [InlineData("et", 4)]
    public void a_text_of_several_is_one_part_with_numbers_answers_and_link(string language, int count)
    {
        var texts = PhoneTexts.Of(language);

        var text = SmsText.Bundle(texts, Pages(count), Link);

        Assert.Equal(1, Gsm.Segments(text));
        Assert.StartsWith(texts.TextBundle(count), text, StringComparison.Ordinal);
        Assert.EndsWith($"\n{texts.TextBundleAnswers(4217)}\n{Link}", text, StringComparison.Ordinal);
        var listed = Enumerable.Range(4217, count).Count(n => text[..^Link.Length].Contains($"#{n}", StringComparison.Ordinal));
        Assert.InRange(listed, 2, count);
        Assert.Equal(listed < count, text.Contains(texts.TextAndMore(count - listed), StringComparison.Ordinal));
    }

    [Fact]
    public void a_text_has_words_of_titles_where_there_is_room()
    {
        var text = SmsText.Bundle(PhoneTexts.English, [(1, "Disk full on db1"), (2, "Queue backs up")], "https://i.example/a/0123456789012345678901234567890123456789");

        Assert.Contains("#1 Disk full on db1\n#2 Queue backs up\nReply ack all or ack 1\n", text, StringComparison.Ordinal);
        Assert.Equal(1, Gsm.Segments(text));
    }

    [Fact]
    public void a_text_keeps_its_link_whatever_comes()
    {
        var random = new Random(11);
        const string Alphabet = "abc XYZ.,:;!?-_/{}[]€ãõäöüжшщ😀…“”\n\t0123456789";
        for (var i = 0; i < 1500; i++)
        {
            var pages = Enumerable.Range(0, 1 + random.Next(40)).Select(n => (4217L + n, string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => Alphabet[random.Next(Alphabet.Length)])))).ToList();
            var texts = PhoneTexts.All[random.Next(PhoneTexts.All.Count)];

            var text = SmsText.Bundle(texts, pages, Link);

            Assert.EndsWith($"\n{texts.TextBundleAnswers(4217)}\n{Link}", text, StringComparison.Ordinal);
            Assert.Contains("#4217", text, StringComparison.Ordinal);
            Assert.InRange(Gsm.Segments(text), 1, 4);
        }
    }

    [Theory]
    [InlineData("ack all", IncidentVerb.Acknowledge)]
    [InlineData("ACK ALL.", IncidentVerb.Acknowledge)]
    [InlineData("4 all", IncidentVerb.Acknowledge)]
    [InlineData("res all", IncidentVerb.Resolve)]
    [InlineData("assumir tudo", IncidentVerb.Acknowledge)]
    [InlineData("Принять ВСЕ", IncidentVerb.Acknowledge)]
    [InlineData("endale kõik", IncidentVerb.Acknowledge)]
    public void all_is_understood(string reply, IncidentVerb verb) => Assert.Equal(new SmsCommand(verb, null, All: true), SmsReply.Read(reply));

    [Theory]
    [InlineData("esc all")]
    [InlineData("help all")]
    [InlineData("ack al")]
    [InlineData("ack all 7")]
    [InlineData("ackall")]
    public void all_is_not_guessed(string reply) => Assert.Null(SmsReply.Read(reply));

    [Fact]
    public void what_it_teaches_is_understood()
    {
        foreach (var texts in PhoneTexts.All)
        {
            var usage = texts.TextUsageAll;
            Assert.Equal(new SmsCommand(IncidentVerb.Acknowledge, null, All: true), SmsReply.Read(usage[(usage.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        }
    }
}
