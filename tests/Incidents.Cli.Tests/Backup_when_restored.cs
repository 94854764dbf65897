using Incidents.Configuration;
using Incidents.Configuration.Tests;
using Incidents.TestKit;

namespace Incidents.Cli.Tests;

public sealed class Backup_when_restored
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Of(Installation installation) => new(StringComparer.Ordinal)
    {
        ["INCIDENTS__Storage__Provider"] = installation.Shape.Database.ToString(),
        ["INCIDENTS__Storage__ConnectionString"] = installation.Shape.ConnectionString,
        ["INCIDENTS__DataDirectory"] = installation.Shape.Folder.Path,
    };

    private static async Task<Installation> Empty(Database database)
    {
        // A database without our schema: nothing was started on it yet.
        var shape = await TestShape.CreateAsync(database);
        return Installation.On(shape);
    }

    [Theory]
    [EveryDatabase]
    public async Task holds_what_was_saved_while_the_server_runs(Database database)
    {
        await using var source = await Installation.Create(database);
        await source.Apply(DemoOrganisation.Yaml);
        await using var target = await Empty(database);
        var file = source.Shape.Folder.PathTo("backup");

        var backup = await Ran.Command(["backup", file], environment: Of(source));
        Assert.Equal((0, ""), (backup.ExitCode, backup.Error));
        await source.Apply("version: 1\noverrides: []");
        var restore = await Ran.Command(["restore", file], environment: Of(target));
        Assert.Equal((0, ""), (restore.ExitCode, restore.Error));

        var restored = await target.Cache.Fresh(Cancel);
        Assert.Equal(1, restored.Version);
        Assert.Equal("ana", restored.Overrides["payments"].Single().With);
        Assert.Equal(["backup"], Directory.GetFiles(source.Shape.Folder.Path, "backup*").Select(f => Path.GetFileName(f)!));
    }

    [Theory]
    [EveryDatabase]
    public async Task replaces_what_is_there_only_when_told_so(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(DemoOrganisation.Yaml);
        var file = installation.Shape.Folder.PathTo("backup");
        await Ran.Command(["backup", file], environment: Of(installation));
        await installation.Apply("version: 1\noverrides: []");

        var again = await Ran.Command(["backup", file], environment: Of(installation));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);

        var refused = await Ran.Command(["restore", file], environment: Of(installation));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is not empty; --force replaces", refused.Error, StringComparison.Ordinal);

        var forced = await Ran.Command(["restore", file, "--force"], environment: Of(installation));
        Assert.Equal((0, ""), (forced.ExitCode, forced.Error));
        // The file is another one now; a stopped server would have let go of the old.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var other = installation.Other();
        Assert.Equal(1, (await other.Cache.Fresh(Cancel)).Version);
    }

    [Theory]
    [EveryDatabase]
    public async Task leaves_everything_as_it_was_when_the_backup_is_damaged(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(DemoOrganisation.Yaml);
        var file = installation.Shape.Folder.PathTo("backup");
        await Ran.Command(["backup", file], environment: Of(installation));
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length * 3 / 4)], Cancel);

        var ran = await Ran.Command(["restore", file, "--force"], environment: Of(installation));

        Assert.NotEqual(0, ran.ExitCode);
        Assert.NotEqual("", ran.Error);
        await using var other = installation.Other();
        Assert.Equal(1, (await other.Cache.Fresh(Cancel)).Version);
        Assert.Equal(6, other.Now.People.Count);
    }

    [Theory]
    [EveryDatabase]
    public async Task refuses_a_file_of_another_kind(Database database)
    {
        await using var installation = await Empty(database);
        var file = installation.Shape.Folder.PathTo("other");
        await File.WriteAllTextAsync(file, database == Database.Sqlite ? "PGDMP and more than sixteen bytes" : "SQLite format 3\0 and more", Cancel);

        var ran = await Ran.Command(["restore", file], environment: Of(installation));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(database == Database.Sqlite ? "use --provider Postgres" : "use --provider Sqlite", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task refuses_while_a_server_has_the_file()
    {
        await using var installation = await Installation.Create();
        var file = installation.Shape.Folder.PathTo("backup");
        await Ran.Command(["backup", file], environment: Of(installation));
        await using var held = new FileStream(installation.Shape.Folder.PathTo("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var ran = await Ran.Command(["restore", file, "--force"], environment: Of(installation));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("stop it first", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--provider Postgres", "needs --connection")]
    [InlineData("--provider Oracle", "neither Sqlite nor Postgres")]
    [InlineData("--provider Postgres --connection Host=127.0.0.1", "needs Host and Database")]
    [InlineData("--provider Postgres --connection Server=", "needs Host and Database")]
    [InlineData("--data /nowhere", "There is no database")]
    [InlineData("--provider Postgres --connection Host=127.0.0.1;Port=9;Database=x --pg-bin /nowhere", "was not found")]
    public async Task says_what_is_wrong_with_the_settings(string options, string message)
    {
        using var folder = new TemporaryFolder();

        var ran = await Ran.Command(["backup", folder.PathTo("b"), .. options.Split(' ')]);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathTo("b")));
    }
}
