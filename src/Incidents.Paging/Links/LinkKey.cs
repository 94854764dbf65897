using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Links;

/// <summary>What links are signed with: <c>Links:SigningKey</c>, else a key made once and kept in the data directory (<c>links.key</c>, readable by the owner only).</summary>
internal sealed class LinkKey(IOptions<PagingAddresses> options, ILogger<LinkKey> logger)
{
    private readonly Lazy<byte[]> value = new(() => Load(options.Value, logger));

    public byte[] Value => value.Value;

    private static byte[] Load(PagingAddresses options, ILogger logger)
    {
        // The purpose is part of the key: a key used elsewhere too signs nothing that is valid here.
        if (!string.IsNullOrEmpty(options.SigningKey))
            return HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.SigningKey), "incidents.links.v1"u8);
        Directory.CreateDirectory(options.DataDirectory);
        var path = Path.Combine(options.DataDirectory, "links.key");
        if (!File.Exists(path))
            Make(path, logger);
        return HMACSHA256.HashData(Convert.FromBase64String(File.ReadAllText(path).Trim()), "incidents.links.v1"u8);
    }

    private static void Make(string path, ILogger logger)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, Encoding.ASCII, open))
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, path, overwrite: false);
            Log.LinkKeyMade(logger, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key counts.
            File.Delete(draft);
        }
    }
}
