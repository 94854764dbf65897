using System.Text;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Email;
using Incidents.Paging.Model;
using Xunit;

namespace Incidents.Paging.Tests.Email;

public sealed class Mail_when_written
{
    [Theory]
    [InlineData("Plain title")]
    [InlineData("Tõrge: kõik on katki, öösel ka")]
    [InlineData("Всё сломалось и никто не знает почему, а дежурный спит и телефон у него на беззвучном режиме до утра")]
    [InlineData("👩‍👩‍👧‍👦 🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥")]
    [InlineData("=?utf-8?B?aGk=?= pretends to be encoded")]
    [InlineData("a\r\nBcc: x@y.z\r\n\r\nbody")]
    [InlineData("tab\tand\u0000nul\u001b[31m\u2028\u0085end")]
    [InlineData("")]
    public void folds_a_field_that_nothing_breaks_out_of(string text)
    {
        var field = MailText.Field("Subject", text);

        Assert.StartsWith("Subject:", field, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", field, StringComparison.Ordinal);
        Assert.All(field, c => Assert.True(c is '\r' or '\n' or (>= ' ' and <= '~')));
        var lines = field[..^2].Split("\r\n");
        Assert.All(lines.Skip(1), l => Assert.StartsWith(" ", l, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.True(l.Length <= 76, l));
    }

    [Fact]
    public void keeps_a_word_that_is_too_long_for_any_line_within_the_limit_of_the_wire()
    {
        var field = MailText.Field("Subject", new string('x', 5000));

        Assert.All(field.Split("\r\n"), l => Assert.True(l.Length <= 76, $"{l.Length}"));
    }

    [Theory]
    [InlineData("ends with a blank ")]
    [InlineData("=3D and = signs")]
    [InlineData(".\r\n..\r\nFrom here")]
    [InlineData("õäöü — платежи 🔥 õäöü — платежи 🔥 õäöü — платежи 🔥 õäöü — платежи 🔥")]
    public void encodes_a_body_that_reads_back_the_same(string text)
    {
        var encoded = MailText.QuotedPrintable(text);

        Assert.All(encoded.Split("\r\n"), l => Assert.True(l.Length <= 76 && !l.EndsWith(' '), l));
        Assert.Equal(text.ReplaceLineEndings("\r\n") + "\r\n", Decode(encoded));
    }

    [Theory]
    [InlineData("ana@example.com", "ana@example.com")]
    [InlineData("ana@õun.ee", "ana@xn--un-bka.ee")]
    [InlineData("ana@example.com>\r\nRCPT TO:<b@c.d", null)]
    [InlineData("<ana@example.com>", null)]
    [InlineData("\"a b\"@example.com", null)]
    [InlineData("not an address", null)]
    [InlineData("", null)]
    public void takes_only_addresses_that_say_nothing_else(string given, string? expected) => Assert.Equal(expected, EmailChannel.Recipient(given));

    [Theory]
    [InlineData("Message", 250, "2.0.0", "")]
    [InlineData("Recipient", 550, "5.1.1", "Rejected InvalidAddress")]
    [InlineData("Recipient", 550, null, "Rejected InvalidAddress")]
    [InlineData("Recipient", 553, "5.6.7", "Rejected InvalidAddress")]
    [InlineData("Recipient", 552, "5.2.2", "Rejected Undeliverable")]
    [InlineData("Recipient", 550, "5.7.1", "Rejected NotPermitted")]
    [InlineData("Recipient", 554, null, "Rejected Rejected")]
    [InlineData("Message", 554, "5.6.0", "Rejected Rejected")]
    [InlineData("Message", 550, null, "Rejected Rejected")]
    [InlineData("Recipient", 450, "4.2.0", "Deferred TryLater")]
    [InlineData("Recipient", 451, "4.7.1", "Deferred TryLater")]
    [InlineData("Message", 452, null, "Deferred TryLater")]
    [InlineData("Greeting", 421, null, "Deferred VendorError")]
    [InlineData("Message", 421, "4.3.0", "Deferred VendorError")]
    [InlineData("Recipient", 450, "4.7.28", "Deferred RateLimited")]
    [InlineData("Greeting", 554, null, "Deferred Unauthorized")]
    [InlineData("SignIn", 535, "5.7.8", "Deferred Unauthorized")]
    [InlineData("SignIn", 454, "4.7.0", "Deferred VendorError")]
    [InlineData("Sender", 550, "5.7.1", "Deferred Unauthorized")]
    [InlineData("Recipient", 530, "5.7.0", "Deferred Unauthorized")]
    public void maps_every_answer_of_a_server(string stage, int code, string? enhanced, string expected)
    {
        var answer = SmtpReplies.Refusal(new SmtpReply(Enum.Parse<SmtpStage>(stage), code, enhanced, ""));

        Assert.Equal(expected, answer switch
        {
            null => "",
            Answer.Rejected { Permanent: true } r => $"Rejected {r.Reason}",
            Answer.Deferred d => $"Deferred {d.Reason}",
            _ => "?",
        });
    }

    [Theory]
    [InlineData("Host", "mail.example.com", "Security", "None", "Security")]
    [InlineData("Host", "mail.example.com", "AllowInvalidCertificate", "true", "AllowInvalidCertificate")]
    [InlineData("Host", "mail.example.com", "From", "nobody", "From")]
    [InlineData("Host", "mail.example.com", "User", "somebody", "Password")]
    [InlineData("Host", "", "From", "a@b.c", "Host")]
    [InlineData("Timeout", "00:02:00", "From", "a@b.c", "Timeout")]
    public void refuses_settings_that_would_not_be_safe(string key, string value, string other, string otherValue, string faulty)
    {
        var options = new EmailOptions { Host = "127.0.0.1", From = "a@b.c" };
        foreach (var (name, text) in new[] { (key, value), (other, otherValue) })
        {
            var property = typeof(EmailOptions).GetProperty(name)!;
            property.SetValue(options, System.ComponentModel.TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(text));
        }

        var result = new EmailOptionsValidator().Validate(null, options);

        Assert.Contains(result.Failures ?? [], f => f.StartsWith($"Paging:Email:{faulty} ", StringComparison.Ordinal));
    }

    /// <summary>RFC 2045, written again from the standard.</summary>
    private static string Decode(string encoded)
    {
        var bytes = new List<byte>();
        var joined = encoded.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] != '=')
            {
                bytes.Add((byte)joined[i]);
                continue;
            }
            bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
            i += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
