using System.Text;
using Incidents.Ingest.Payloads;

namespace Incidents.Ingest.Tests;

public sealed class Payload_text_when_made_readable
{
    private static (string Text, bool Cut) Of(string body, bool whole = true) => PayloadText.Of(Encoding.UTF8.GetBytes(body), whole);

    [Fact]
    public void indents_json_and_keeps_what_it_says()
        => Assert.Equal(("{\n  \"a\": [\n    1,\n    2.50,\n    true,\n    null,\n    \"café <b>\"\n  ]\n}", false), Plain(Of("""{"a":[1,2.50,true,null,"café <b>"]}""")));

    [Theory]
    [InlineData("""{"password":"hunter2","n":1}""")]
    [InlineData("""{"labels":{"DB_PASSWORD":"hunter2"},"n":1}""")]
    [InlineData("""{"headers":{"Authorization":["hunter2"],"Cookie":{"a":"hunter2"}},"n":1}""")]
    [InlineData("""{"api-key":"hunter2","apiKey":"hunter2","client_secret":"hunter2","access_token":{"deep":[{"deeper":"hunter2"}]},"n":1}""")]
    [InlineData("""{"url":"https://ana:hunter2@example.com/x","other":"https://example.com/?a=b&token=hunter2&n=1","n":1}""")]
    [InlineData("""{"text":"curl -H 'Authorization: Bearer hunter2hunter2'","n":1}""")]
    [InlineData("password=hunter2; and then \"n\": 1")]
    [InlineData("""{"broken": "json", "password": "hunter2", "n": 1,,""")]
    public void masks_what_is_secret_and_nothing_behind_it(string body)
    {
        var (text, _) = Of(body);

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains(PayloadText.Masked, text, StringComparison.Ordinal);
        Assert.Contains("\"n\": 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void writes_the_beginning_of_a_longer_document_with_its_secrets_masked()
    {
        var (text, cut) = Of("""{"first":"x","token":"hunter2","second":"y","third":"cut he""", whole: false);

        Assert.True(cut);
        Assert.Contains("\"second\": \"y\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void cuts_what_is_long_and_never_half_a_character()
    {
        var (text, cut) = Of("\"a" + string.Concat(Enumerable.Repeat("🙂", PayloadText.Shown)) + "\"");

        Assert.True(cut);
        Assert.InRange(text.Length, PayloadText.Shown - 1, PayloadText.Shown);
        Assert.False(char.IsHighSurrogate(text[^1]));
    }

    [Fact]
    public void shows_what_is_no_text_at_all()
    {
        Assert.Equal(("a\uFFFDb\uFFFD", false), PayloadText.Of([(byte)'a', 0, (byte)'b', 0xff], whole: true));
        Assert.Equal(("", false), PayloadText.Of([], whole: true));
    }

    private static (string, bool) Plain((string Text, bool Cut) of) => (of.Text.ReplaceLineEndings("\n"), of.Cut);
}
