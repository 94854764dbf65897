using System.Diagnostics.CodeAnalysis;

namespace Incidents.Simulator;

/// <summary>Remembers records by id in order of arrival: all that are live, and the last <paramref name="finishedCapacity"/> finished ones.</summary>
internal sealed class RecordStore<T>(int finishedCapacity)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<T>> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<T> _inOrder = [];
    private readonly Queue<string> _finished = [];

    public int Live
    {
        get { lock (_gate) return _byId.Count - _finished.Count; }
    }

    public void Add(string id, T record)
    {
        lock (_gate) _byId.Add(id, _inOrder.AddLast(record));
    }

    /// <summary>Declares a record finished; the oldest finished one beyond the capacity is forgotten.</summary>
    public void Finish(string id)
    {
        lock (_gate)
        {
            _finished.Enqueue(id);
            while (_finished.Count > finishedCapacity && _byId.Remove(_finished.Dequeue(), out var node)) _inOrder.Remove(node);
        }
    }

    public bool TryGet(string id, [NotNullWhen(true)] out T? record)
    {
        lock (_gate)
        {
            record = _byId.TryGetValue(id, out var node) ? node.Value : null;
            return record is not null;
        }
    }

    /// <summary>The newest matching records, newest first.</summary>
    public List<T> Newest(Func<T, bool> matches, int skip, int take)
    {
        var found = new List<T>(Math.Min(take, 64));
        lock (_gate)
        {
            for (var node = _inOrder.Last; node is not null && found.Count < take; node = node.Previous)
            {
                if (!matches(node.Value)) continue;
                if (skip-- > 0) continue;
                found.Add(node.Value);
            }
        }
        return found;
    }
}
