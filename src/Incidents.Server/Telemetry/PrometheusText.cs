using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Incidents.Server.Telemetry;

/// <summary>
/// Prometheus' text format over OpenTelemetry's aggregation (its own Prometheus exporter is not to be had from the registry).
/// One reader, collected on each scrape.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private readonly Exporter exporter = new();
    private readonly BaseExportingMetricReader reader;
    private readonly MeterProvider provider;
    private readonly Lock collecting = new();

    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    public PrometheusText()
    {
        reader = new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("Incidents.*", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddView(i => i.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds } : null)
            .AddReader(reader)
            .Build();
    }

    public string Collect()
    {
        lock (collecting)
        {
            exporter.Text.Clear();
            // What is looked up in the database for it has shorter limits of its own; a slow scrape beats an empty one.
            reader.Collect(30_000);
            return exporter.Text.ToString();
        }
    }

    public void Dispose()
    {
        provider.Dispose();
        reader.Dispose();
        exporter.Dispose();
    }

    private sealed class Exporter : BaseExporter<Metric>
    {
        public StringBuilder Text { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
                Write(metric);
            return ExportResult.Success;
        }

        private void Write(Metric metric)
        {
            var counter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
            var name = Name(metric, counter);
            Text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace("\n", " ", StringComparison.Ordinal)).Append('\n');
            Text.Append("# TYPE ").Append(name).Append(' ').Append(metric.MetricType == MetricType.Histogram ? "histogram" : counter ? "counter" : "gauge").Append('\n');
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var labels = Labels(point.Tags);
                switch (metric.MetricType)
                {
                    case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                        Line(name, labels, point.GetSumLong());
                        break;
                    case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                        Line(name, labels, point.GetSumDouble());
                        break;
                    case MetricType.LongGauge:
                        Line(name, labels, point.GetGaugeLastValueLong());
                        break;
                    case MetricType.DoubleGauge:
                        Line(name, labels, point.GetGaugeLastValueDouble());
                        break;
                    case MetricType.Histogram:
                        Histogram(name, labels, point);
                        break;
                }
            }
        }

        private void Histogram(string name, string labels, in MetricPoint point)
        {
            long sum = 0;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                sum += bucket.BucketCount;
                var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
                Line(name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", sum);
            }
            Line(name + "_sum", labels, point.GetHistogramSum());
            Line(name + "_count", labels, point.GetHistogramCount());
        }

        private void Line(string name, string labels, double value)
        {
            Text.Append(name);
            if (labels.Length > 0)
                Text.Append('{').Append(labels).Append('}');
            Text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private static string Labels(ReadOnlyTagCollection tags)
        {
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                    text.Append(',');
                text.Append(key.Replace('.', '_')).Append("=\"").Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
            return text.ToString();
        }

        private static string Name(Metric metric, bool counter)
        {
            var name = metric.Name.Replace('.', '_').Replace('-', '_');
            if (metric.Unit == "s")
                name += "_seconds";
            else if (metric.Unit == "By")
                name += "_bytes";
            return counter ? name + "_total" : name;
        }
    }
}
