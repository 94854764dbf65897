// A host for looking at the simulator by itself: people, a client that places calls, and TwiML that answers them.
using Incidents.Simulator;
using Incidents.Simulator.Trial;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? "http://127.0.0.1:8099");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSimulator(_ => { });
builder.Services.AddSingleton<IPhoneBook, People>();
var app = builder.Build();

app.MapSimulator();
app.MapGet("/", () => Results.Redirect("/simulator"));
app.MapPost("/callbacks/twilio/voice", () => Twiml("""
    <Response>
      <Gather input="dtmf" numDigits="1" method="POST" action="keys" timeout="8">
        <Say language="en-GB">Incident 42. Payments API: error rate above 5 percent. Press 4 to acknowledge, 6 to resolve, 8 to escalate, star to repeat.</Say>
      </Gather>
      <Redirect>voice</Redirect>
    </Response>
    """));
app.MapPost("/callbacks/twilio/keys", async (HttpRequest request) => (await request.ReadFormAsync())["Digits"].ToString() switch
{
    "4" => Twiml("<Response><Say>Acknowledged. Good luck.</Say><Hangup/></Response>"),
    var key => Twiml($"<Response><Say>{key} is not on the list.</Say><Redirect>voice</Redirect></Response>"),
});
app.MapPost("/callbacks/twilio/incoming", () => Twiml("""
    <Response>
      <Gather input="dtmf" numDigits="8" finishOnKey="#" method="POST" action="keys" timeout="8"><Say language="en-GB">Hello. Enter your PIN, then hash.</Say></Gather>
    </Response>
    """));
app.MapPost("/callbacks/twilio/sms", async (HttpRequest request) =>
    Twiml($"<Response><Message>Incident 42 acknowledged: {(await request.ReadFormAsync())["Body"]}</Message></Response>"));
app.MapPost("/callbacks/twilio/status", () => Results.NoContent());
app.Run();

static IResult Twiml(string body) => Results.Text(body, "text/xml");
