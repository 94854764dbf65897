namespace Incidents.Paging.Tests.Vendors;

/// <summary>Lets the vendor answer when the test is over, however it ended: nobody waits for it then.</summary>
internal sealed class AtLast(TaskCompletionSource answer) : IDisposable
{
    public void Dispose() => answer.TrySetResult();
}
