# Two conditions together came true on the day of the later visit, whichever was recorded first.
protocol: maintained
story:
plan from 2027-01-04
all is booked
start takes place
check[1] takes place
check[2] takes place
mood at check[2] is 25
loss at check[1] is yes
plan from the next day
> plan Mon 2027-01-04 08:00 start[1]
> plan Mon 2027-01-11 09:00 check[1]
> plan Tue 2027-01-12 08:00 booster[1], if needed
> plan Mon 2027-01-18 09:00 check[2]
> plan Tue 2027-01-19 08:00 booster[2], if needed
> plan Mon 2027-01-25 09:00 check[3]
> plan Mon 2027-02-01 09:00 farewell[1], if needed
> plan Thu 2027-02-18 13:00 talk[1], if needed
> booked: booster[1], booster[2], talk[1]
> completed: start[1], check[1], check[2]
> released: check[3], farewell[1]
> lost: true
> low: true
> lost-and-low: true
> stable: false
> left out: check[3], farewell[1]
> counted anew: booster-soon[1] from day when lost came true, booster-soon[2] from day when lost came true, talk-soon from day when lost-and-low came true
> plan Mon 2027-01-04 08:00 start[1], stays
> plan Mon 2027-01-11 09:00 check[1], stays
> plan Tue 2027-01-12 08:00 booster[1], stays
> plan Mon 2027-01-18 09:00 check[2], stays
> plan Tue 2027-01-19 08:00 booster[2]
> plan Thu 2027-02-18 13:00 talk[1]
