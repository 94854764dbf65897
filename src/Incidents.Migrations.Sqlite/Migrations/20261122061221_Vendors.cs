using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Vendors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_attempts_claim",
                table: "paging_attempts");

            migrationBuilder.AddColumn<string>(
                name: "asked",
                table: "paging_attempts",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "fair_at",
                table: "paging_attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "service",
                table: "paging_attempts",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "vendor",
                table: "paging_attempts",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "paging_usage",
                columns: table => new
                {
                    month = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    vendor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    prefix = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    taken = table.Column<long>(type: "INTEGER", nullable: false),
                    cost = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_usage", x => new { x.month, x.vendor, x.channel, x.prefix });
                });

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                table: "paging_attempts",
                columns: new[] { "vendor", "urgency", "pool_rank", "fair_at", "ordinal" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_flow",
                table: "paging_attempts",
                columns: new[] { "vendor", "urgency", "pool_rank", "service", "person" },
                filter: "state = 'Waiting'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "paging_usage");

            migrationBuilder.DropIndex(
                name: "ix_attempts_claim",
                table: "paging_attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_flow",
                table: "paging_attempts");

            migrationBuilder.DropColumn(
                name: "asked",
                table: "paging_attempts");

            migrationBuilder.DropColumn(
                name: "fair_at",
                table: "paging_attempts");

            migrationBuilder.DropColumn(
                name: "service",
                table: "paging_attempts");

            migrationBuilder.DropColumn(
                name: "vendor",
                table: "paging_attempts");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_claim",
                table: "paging_attempts",
                columns: new[] { "urgency", "pool_rank", "due_at", "ordinal" },
                filter: "state = 'Waiting'");
        }
    }
}
