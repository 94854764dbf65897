using Xunit;

namespace Incidents.TestKit.Tests;

public sealed class TestShape_when_created
{
    [Theory, EveryDatabase]
    public async Task gives_an_empty_database_and_leaves_nothing_behind(Database database)
    {
        string folder;
        await using (var shape = await TestShape.CreateAsync(database))
        {
            folder = shape.Folder.Path;
            Assert.Equal(database.ToString(), shape.Settings["Storage:Provider"]);
            Assert.Equal("InMemory", shape.Settings["Bus:Transport"]);
            Assert.False(shape.Settings.ContainsKey("Bus:Uri"));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task keeps_databases_apart_and_drops_them()
    {
        var cancel = TestContext.Current.CancellationToken;
        string second;
        await using var first = await TestPostgres.CreateAsync(cancel);
        await using (var other = await TestPostgres.CreateAsync(cancel))
        {
            second = other.Name;
            await other.ScalarAsync("create table only_here (id int)", cancel);
        }

        Assert.Equal(0L, await first.ScalarAsync("select count(*) from pg_tables where tablename = 'only_here'", cancel));
        Assert.Equal(0L, await first.ScalarAsync($"select count(*) from pg_database where datname = '{second}'", cancel));
        Assert.Equal("on", await first.ScalarAsync("show fsync", cancel));
    }

    [Fact]
    public async Task keeps_brokers_apart_by_virtual_host()
    {
        string name;
        await using (var rabbit = await TestRabbit.CreateAsync())
        {
            name = rabbit.VirtualHost;
            Assert.Contains(name, await Infrastructure.RabbitControlAsync("list_vhosts"), StringComparison.Ordinal);
            Assert.Equal("/" + name, rabbit.Uri.AbsolutePath);
        }

        Assert.DoesNotContain(name, await Infrastructure.RabbitControlAsync("list_vhosts"), StringComparison.Ordinal);
    }
}
