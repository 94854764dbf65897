using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

internal static class PagingPaths
{
    /// <summary>Waits for what other threads do; the clock stays as it is.</summary>
    public static Task Soon(Func<bool> condition, string what) => Eventually.True(condition, what, cancel: TestContext.Current.CancellationToken);

    public static Task Soon(Func<Task<bool>> condition, string what) => Eventually.True(condition, what, cancel: TestContext.Current.CancellationToken);

    /// <summary>Moves the clock in small steps until it is so.</summary>
    public static Task Drive(PagingApp app, TimeSpan step, Func<bool> until)
        => Drive(app, step, () => Task.FromResult(until()));

    public static async Task Drive(PagingApp app, TimeSpan step, Func<Task<bool>> until)
        => await Soon(async () =>
        {
            if (await until())
                return true;
            app.Time.Advance(step);
            return await until();
        }, "it happens as time passes");
}
