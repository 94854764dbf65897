using System.Net;
using Xunit;

namespace Incidents.TestKit.Tests;

public sealed class VendorSink_when_called
{
    [Fact]
    public async Task answers_as_the_vendor_and_remembers_the_call()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var sink = await VendorSink.StartAsync();
        using var client = new HttpClient();
        var address = new Uri(sink.Url, "/2010-04-01/Accounts/AC1/Calls.json");

        using (var refused = await Post(sink, client, address, cancel, failWith: 503)) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        using var answer = await Post(sink, client, address, cancel);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var call = Assert.Single(sink.Calls);
        Assert.Equal("+1", call.Form["To"]);
        Assert.Equal("http://x/?attempt=7", call.Form["Url"]);
    }

    private static async Task<HttpResponseMessage> Post(VendorSink sink, HttpClient client, Uri address, CancellationToken cancel, int failWith = 0)
    {
        sink.FailWith = failWith;
        using var form = new FormUrlEncodedContent([new("To", "+1"), new("Url", "http://x/?attempt=7")]);
        return await client.PostAsync(address, form, cancel);
    }
}
