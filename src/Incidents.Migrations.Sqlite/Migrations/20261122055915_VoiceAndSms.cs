using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class VoiceAndSms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "repetition",
                table: "paging_attempts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "paging_pins",
                columns: table => new
                {
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_pins", x => x.person);
                });

            migrationBuilder.CreateTable(
                name: "paging_unsubscribed",
                columns: table => new
                {
                    number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    person = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_unsubscribed", x => x.number);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "paging_pins");

            migrationBuilder.DropTable(
                name: "paging_unsubscribed");

            migrationBuilder.DropColumn(
                name: "repetition",
                table: "paging_attempts");
        }
    }
}
