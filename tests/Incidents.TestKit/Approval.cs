namespace Incidents.TestKit;

/// <summary>
/// Holds a text equal to a file of the checkout, so that a change of it is seen in review. <c>INCIDENTS_APPROVE=1</c> writes the file instead.
/// </summary>
public static class Approval
{
    /// <exception cref="InvalidOperationException">The text differs from the file; the message names the first line that does.</exception>
    public static void Holds(string text, params string[] path)
    {
        var file = RepositoryFolder.PathTo(path);
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("INCIDENTS_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved == actual) return;
        var (was, now) = (approved.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(i => was.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        throw new InvalidOperationException(
            $"{string.Join('/', path)} differs at line {line + 1}.\napproved: {was.ElementAtOrDefault(line)}\nactual:   {now.ElementAtOrDefault(line)}\nIf the change is meant, run the test with INCIDENTS_APPROVE=1 and review the file.");
    }
}
