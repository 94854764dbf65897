using Incidents.Configuration.Document;

namespace Incidents.Configuration.Tests;

public sealed class YamlWriter_when_texts_are_awkward
{
    [Theory]
    [InlineData("yes")]
    [InlineData("09:00")]
    [InlineData("1")]
    [InlineData("1e3")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("***")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData(" a ")]
    [InlineData("it's \"quoted\" \\ here")]
    [InlineData("+3725000003")]
    [InlineData("line\nbreak\ttab")]
    [InlineData("Jüri, Õie")]
    [InlineData("\ufeffzwj\u200d😀")]
    [InlineData("[x]")]
    [InlineData("- x")]
    [InlineData("0x1F")]
    [InlineData("2026-01-05")]
    [InlineData("")]
    public void writes_what_reads_back_as_the_same_text(string text)
    {
        var map = new MapNode([new("k", ScalarNode.OfText(text)), new("l", new ListNode([ScalarNode.OfText(text), new MapNode([new("m", ScalarNode.OfText(text))], [])])), new(text, ScalarNode.OfText("v"))], []);

        var read = (MapNode)YamlReader.Read(YamlWriter.Write(map)).Value;

        Assert.Equal(text, read.TextOf("k"));
        Assert.True(((ScalarNode)read["k"]!).IsText);
        Assert.Equal(text, ((ScalarNode)((ListNode)read["l"]!).Items[0]).Text);
        Assert.Equal(text, ((MapNode)((ListNode)read["l"]!).Items[1]).TextOf("m"));
        Assert.Equal("v", read.TextOf(text));
    }
}
