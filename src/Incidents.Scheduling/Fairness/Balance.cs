namespace Incidents.Scheduling.Fairness;

/// <summary>How evenly a burden lies: <paramref name="Score"/> 0–100 with the formula that made it.</summary>
internal sealed record Balance(int Score, decimal Uneven, string Explanation)
{
    /// <summary>
    /// The share of the points that would have to move from one person to another until all carry the same (the Hoover index), against the share when one
    /// person carries everything: <c>score = 100 × (1 − H ÷ (1 − 1/n))</c>, H = ½ Σ|pᵢ − mean| ÷ Σpᵢ. Nobody or one person, or no points: 100.
    /// </summary>
    public static Balance Of(IReadOnlyCollection<decimal> points)
    {
        var total = points.Sum();
        if (points.Count < 2 || total == 0)
            return new Balance(100, 0, "There is nothing to share between people.");
        var mean = total / points.Count;
        var uneven = points.Sum(p => Math.Abs(p - mean)) / 2 / total;
        var worst = 1 - (1m / points.Count);
        var score = (int)Math.Round(100 * (1 - (uneven / worst)), MidpointRounding.AwayFromZero);
        return new Balance(score, Math.Round(100 * uneven, 1), string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{100 * uneven:0.#} % of the points would have to change hands until all {points.Count} people carry the same {mean:0.#}; with everything on one person it would be {100 * worst:0.#} %. Score = 100 × (1 − {100 * uneven:0.#} ÷ {100 * worst:0.#})."));
    }
}
