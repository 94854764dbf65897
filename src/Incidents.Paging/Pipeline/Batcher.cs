using System.Threading.Channels;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// Writes what waits now in one transaction: under load many outcomes share a commit, at rest one does not wait for others.
/// A batch that fails is redone one by one, so that a bad one does not hurt its neighbours.
/// </summary>
internal sealed class Batcher<T> where T : class
{
    private const int Largest = 256;

    private readonly Channel<(T Item, TaskCompletionSource Done)> waiting = Channel.CreateUnbounded<(T, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<IReadOnlyList<T>, CancellationToken, Task> write;
    private readonly Task loop;

    public Batcher(Func<IReadOnlyList<T>, CancellationToken, Task> write)
    {
        this.write = write;
        loop = Task.Run(Loop);
    }

    /// <summary>Completes after the commit; throws what the writing threw.</summary>
    public Task Add(T item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!waiting.Writer.TryWrite((item, done)))
            done.SetException(new OperationCanceledException("This process is stopping."));
        return done.Task;
    }

    /// <summary>Writes what waits, and takes no more.</summary>
    public Task Stop()
    {
        waiting.Writer.TryComplete();
        return loop;
    }

    private async Task Loop()
    {
        var batch = new List<(T Item, TaskCompletionSource Done)>(Largest);
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < Largest && waiting.Reader.TryRead(out var next))
                batch.Add(next);
            if (await Try(batch, alone: batch.Count == 1))
                continue;
            foreach (var one in batch)
                await Try([one], alone: true);
        }
    }

    private async Task<bool> Try(List<(T Item, TaskCompletionSource Done)> batch, bool alone)
    {
        try
        {
            await write([.. batch.Select(b => b.Item)], CancellationToken.None);
            foreach (var (_, done) in batch)
                done.TrySetResult();
            return true;
        }
        catch (Exception e)
        {
            if (alone)
                batch[0].Done.TrySetException(e);
            return alone;
        }
    }
}
