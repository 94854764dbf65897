using Incidents.Server.Composition;

// Settings: appsettings.json, then INCIDENTS__… of the environment, then --Key=value; --empty starts without demo data.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddEnvironmentVariables("INCIDENTS__");
builder.Configuration.AddCommandLine([.. args.Select(a => a == "--empty" ? "--Demo:Enabled=false" : a)]);

var (options, faults) = ServerOptions.Read(builder.Configuration);
if (options is null)
    return Startup.Refuse(faults);

DataFolder folder;
try
{
    folder = DataFolder.Open(options.DataDirectory, exclusive: options.Provider == Incidents.Persistence.Storage.StorageProvider.Sqlite);
}
catch (IOException e)
{
    return Startup.Refuse([e.Message]);
}

using (folder)
{
    builder.AddIncidents(options);
    var app = builder.Build();
    app.UseIncidents(options);
    return await Startup.Run(app, options);
}

/// <summary>Named for tests that host the server in their own process.</summary>
public partial class Program;
