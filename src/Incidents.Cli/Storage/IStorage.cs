namespace Incidents.Cli.Storage;

/// <summary>A database that can be copied out and put back.</summary>
internal interface IStorage
{
    /// <summary>For messages; no secrets.</summary>
    string Name { get; }

    /// <summary>Writes one consistent state to a file that does not exist yet.</summary>
    Task Backup(string file, CancellationToken cancellationToken);

    /// <summary>Throws <see cref="CommandException"/> when the file is no backup for this kind of database.</summary>
    Task CheckBackup(string file, CancellationToken cancellationToken);

    /// <summary>Whether nothing of an installation is in it.</summary>
    Task<bool> IsEmpty(CancellationToken cancellationToken);

    /// <summary>Replaces what is in it, all or nothing.</summary>
    Task Restore(string file, CancellationToken cancellationToken);
}
