using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Channels.Phrases;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Sms_when_measured
{
    private const string Link = "https://incidents.example.com/a/AQAAAAAAKmpSsPBhbmEtc291emGEu2ZCCtnVVQ0m8Gt0Bqd8";

    [Theory]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("€", 152, 2)]
    [InlineData("€", 153, 3)]
    [InlineData("ж", 70, 1)]
    [InlineData("ж", 71, 2)]
    [InlineData("ж", 134, 2)]
    [InlineData("ж", 135, 3)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 36, 2)]
    [InlineData("😀", 66, 2)]
    [InlineData("😀", 67, 3)]
    [InlineData("ã", 71, 2)]
    [InlineData("ö", 160, 1)]
    public void counts_parts_as_the_network_does(string character, int times, int parts) => Assert.Equal(parts, Gsm.Segments(string.Concat(Enumerable.Repeat(character, times))));

    [Fact]
    public void replaces_typographic_marks_and_no_letters()
    {
        Assert.Equal("\"Disk\" - 'full'... -> now", Gsm.Plain("“Disk” – ‘full’… → now"));
        Assert.Equal("Ошибка", Gsm.Plain("Ошибка"));
        Assert.Equal("São Paulo", Gsm.Plain("São Paulo"));
    }

    [Theory]
    [InlineData("en", "Disk full", 1)]
    [InlineData("en", "The disk of the primary database of the payment service is full and writes are refused since noon", 1)]
    [InlineData("en", "Error — “disk” full…", 1)]
    [InlineData("et", "Andmebaas on täis ja makseid ei saa teha", 1)]
    [InlineData("pt", "Disco cheio no servidor de pagamentos", 1)]
    [InlineData("pt", "Transação recusada", 3)]
    [InlineData("ru", "Диск заполнен", 3)]
    public void a_page_takes_as_few_parts_as_it_can_and_loses_neither_number_nor_answers_nor_link(string language, string title, int parts)
    {
        var texts = PhoneTexts.Of(language);

        var text = SmsText.Page(texts, 4217, "SEV1", "checkout", title, Link);

        Assert.Equal(parts, Gsm.Segments(text));
        Assert.EndsWith("\n" + Link, text, StringComparison.Ordinal);
        Assert.Contains("#4217 SEV1 checkout.", text, StringComparison.Ordinal);
        Assert.Contains(texts.TextAnswers, text, StringComparison.Ordinal);
        Assert.StartsWith(Gsm.Plain(title)[..Math.Min(title.Length, 8)], text, StringComparison.Ordinal);
    }

    [Fact]
    public void a_page_keeps_number_answers_and_link_whatever_comes()
    {
        var random = new Random(7);
        const string Alphabet = "abc XYZ.,:;!?-_/{}[]€ãõäöüжшщ😀…“”\n\t0123456789";
        for (var i = 0; i < 2000; i++)
        {
            string Any(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var (title, service) = (Any(300), "s" + Any(120));

            var text = SmsText.Page(PhoneTexts.English, 4217, "SEV1", service, title, Link);

            Assert.EndsWith($" {PhoneTexts.English.TextAnswers}\n{Link}", text, StringComparison.Ordinal);
            Assert.Contains("#4217 SEV1 ", text, StringComparison.Ordinal);
            Assert.InRange(Gsm.Segments(text), 1, 3);
        }
    }
}
