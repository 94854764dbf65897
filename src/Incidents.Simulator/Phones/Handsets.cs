using System.Collections.Concurrent;

namespace Incidents.Simulator.Phones;

/// <summary>Every number that was called or texted, and the people that the host names.</summary>
internal sealed class Handsets(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int MaxStrangers = 5_000;
    private static readonly TimeSpan BookAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Phone> _phones = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private (long ReadAt, IReadOnlyList<SimulatedPhone> Entries)? _book;

    public Phone this[string number]
    {
        get
        {
            if (_phones.TryGetValue(number, out var known)) return known;
            if (_phones.Count >= MaxStrangers) ForgetIdle();
            return _phones.GetOrAdd(number, n => new Phone(n));
        }
    }

    public Phone? Find(string number) => _phones.GetValueOrDefault(number);

    /// <summary>Numbers used lately, latest first.</summary>
    public IEnumerable<Phone> Used => _phones.Values.OrderByDescending(p => p.TouchedAt);

    /// <summary>The people's phones, at most a second old; empty when the host names none.</summary>
    public async ValueTask<IReadOnlyList<SimulatedPhone>> BookAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh) return fresh;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile) return meanwhile;
            await using var scope = scopes.CreateAsyncScope();
            var book = scope.ServiceProvider.GetService<IPhoneBook>();
            IReadOnlyList<SimulatedPhone> entries = book is null
                ? []
                : [.. (await book.GetPhonesAsync(cancellationToken)).DistinctBy(p => p.Number, StringComparer.Ordinal)];
            _book = (time.GetTimestamp(), entries);
            return entries;
        }
        finally
        {
            _reading.Release();
        }

        IReadOnlyList<SimulatedPhone>? Fresh() => _book is { } b && time.GetElapsedTime(b.ReadAt) < BookAge ? b.Entries : null;
    }

    /// <summary>The number meant by a number (with or without its plus sign) or a login; null when it is neither.</summary>
    public async ValueTask<string?> ResolveAsync(string numberOrLogin, CancellationToken cancellationToken)
    {
        var text = numberOrLogin.Trim();
        if (E164.IsValid(text)) return text;
        if (E164.IsValid("+" + text)) return "+" + text;
        var book = await BookAsync(cancellationToken);
        return book.FirstOrDefault(p => string.Equals(p.Login, text, StringComparison.OrdinalIgnoreCase))?.Number;
    }

    private void ForgetIdle()
    {
        foreach (var phone in _phones.Values.Where(p => p.Idle).OrderBy(p => p.TouchedAt).Take(MaxStrangers / 10)) _phones.TryRemove(phone.Number, out _);
    }
}
