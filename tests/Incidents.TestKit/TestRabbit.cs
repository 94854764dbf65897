namespace Incidents.TestKit;

/// <summary>A fresh virtual host on the test broker; removed with its queues on disposal.</summary>
public sealed class TestRabbit : IAsyncDisposable
{
    private TestRabbit(string virtualHost, Uri uri)
    {
        VirtualHost = virtualHost;
        Uri = uri;
    }

    public string VirtualHost { get; }

    /// <summary>amqp:// address with user, password and virtual host.</summary>
    public Uri Uri { get; }

    public static async Task<TestRabbit> CreateAsync()
    {
        var name = "t_" + Guid.NewGuid().ToString("N");
        var broker = new UriBuilder(await Infrastructure.RabbitAsync()) { Path = "/" + name };
        var user = Uri.UnescapeDataString(broker.UserName);
        // One call instead of two: each starts an Erlang machine.
        await Infrastructure.RabbitControlAsync("eval",
            $"rabbit_vhost:add(<<\"{name}\">>, <<\"tests\">>), rabbit_auth_backend_internal:set_permissions(<<\"{user}\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"tests\">>).");
        return new TestRabbit(name, broker.Uri);
    }

    public async ValueTask DisposeAsync() => await Infrastructure.RabbitControlAsync("delete_vhost", VirtualHost);
}
